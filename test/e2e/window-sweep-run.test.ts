import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

let app: RunningApp
let browser: Browser
let page: Page
const faults: string[] = []

interface Result {
  readonly run: string
  readonly quality: { readonly knnAccuracy: number } | null
}
const resultsOf = async (name: string): Promise<Result[]> =>
  JSON.parse(await readFile(join(app.dataFolder, 'sweeps', name, 'results.json'), 'utf8')) as Result[]

async function showSweeps(): Promise<void> {
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Runs', exact: true }).click()
  await page.getByRole('tab', { name: 'Sweeps' }).click()
}

beforeAll(async () => {
  app = await startApp({ TWINLENS_BACKEND: 'wasm' })
  browser = await launchBrowser()
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', error => faults.push(error.message))
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 60_000 })
  await fillSmallJob(page, 300)
  await field(page, 'Hidden sizes').fill('16')
  await field(page, 'Batch size').fill('32')
  await page.getByRole('button', { name: 'Runs', exact: true }).click()
  await page.getByRole('tab', { name: 'Sweeps' }).click()
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

describe('a sweep from the window', () => {
  test('says how many runs it makes, and what is wrong', async () => {
    await page.getByRole('button', { name: 'New sweep …' }).click()
    const margins = page.getByRole('textbox', { name: 'Margin: values' })
    await margins.fill('0.5, wide')
    await page.getByText('"wide": Margin must be').waitFor()
    await margins.fill('0.5, 1')
    await page.getByText('2 runs').waitFor()
    await page.getByRole('textbox', { name: 'Seeds', exact: true }).fill('1, 2')
    await page.getByText('4 runs').waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('trial')
    expect(await seriousFaults(page)).toEqual([])
  })

  test('is stopped after two runs: what came out is kept, and no training is begun meanwhile', async () => {
    await page.getByRole('button', { name: 'Start sweep' }).click()
    await page.getByText('Run 1 of 4').waitFor()
    await page.getByRole('button', { name: 'Train', exact: true }).first().click()
    await page
      .getByRole('button', { name: /^(Start|Train)/ })
      .last()
      .click()
    await page.getByText('A sweep is under way.').first().waitFor()
    await page.getByRole('button', { name: 'Runs', exact: true }).click()
    await page.getByRole('tab', { name: 'Sweeps' }).click()
    await page.getByText('Run 3 of 4').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Stop sweep' }).click()
    await page.getByRole('button', { name: 'Resume sweep' }).waitFor({ timeout: 60_000 })
    const kept = await resultsOf('trial')
    expect(kept.length).toBeGreaterThanOrEqual(2)
    expect(kept.length).toBeLessThan(4)
    await page.getByText(`${kept.length} of 4 runs done`).waitFor()
  })

  test('goes on where it was, with the window closed too; the table is what the files say', async () => {
    const before = await resultsOf('trial')
    await page.getByRole('button', { name: 'Resume sweep' }).click()
    await page.getByText('Best so far').waitFor()
    await page.goto('about:blank')
    await vi.waitFor(async () => expect(await resultsOf('trial')).toHaveLength(4), {
      timeout: 60_000,
      interval: 200,
    })
    const results = await resultsOf('trial')
    expect(results.slice(0, before.length)).toEqual(before)
    await showSweeps()
    await page.getByText('4 of 4 runs done').waitFor()
    const means = [0, 2]
      .map(i => [results[i], results[i + 1]].map(result => result?.quality?.knnAccuracy ?? Number.NaN))
      .map(values => values.reduce((sum, value) => sum + value, 0) / 2)
      .sort((a, b) => b - a)
      .map(mean => mean.toFixed(4))
    const shown = await page.locator('.sweeps tbody tr td:nth-child(2)').allInnerTexts()
    expect(shown.map(text => text.split(' ')[0])).toEqual(means)
    expect(await readdir(join(app.dataFolder, 'runs'))).toEqual(results.map(({ run }) => run))
    expect(faults).toEqual([])
  })
})
