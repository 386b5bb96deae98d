import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

let app: RunningApp
let browser: Browser

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function openPage(colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor()
  if (colorScheme === 'light') {
    await fillSmallJob(page)
    await page.getByRole('button', { name: 'Train', exact: true }).click()
  }
  await page.locator('.result').waitFor()
  await page.getByRole('button', { name: 'Quality', exact: true }).click()
  return page
}

/** Serious and critical faults by axe, each with where it is. */
async function faultsOf(page: Page): Promise<string[]> {
  // Colours that still fade would be measured half-way.
  await page.waitForTimeout(400)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}`))
}

describe.each(['light', 'dark'] as const)('axe finds no serious or critical fault in %s', scheme => {
  let page: Page
  beforeAll(async () => {
    page = await openPage(scheme)
    return () => page.context().close()
  })

  test('measures, with a table', async () => {
    await page.getByText('As a table').first().click()
    expect(await faultsOf(page)).toEqual([])
  })

  test('confusion of classes, with a cell’s images', async () => {
    await page.getByRole('tab', { name: 'Confusion of classes' }).click()
    await page.getByRole('gridcell').first().click()
    await page.getByRole('region', { name: 'Images of the cell' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  test('suspected mislabels, with a correction', async () => {
    await page.getByRole('tab', { name: 'Suspected mislabels' }).click()
    await page.getByRole('button', { name: 'Exclude', exact: true }).click()
    await page.getByRole('region', { name: 'Corrections' }).getByRole('listitem').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
  })
})
