import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

const long = 60_000
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
  page.setDefaultTimeout(long)
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor()
  return page
}

/** Serious and critical faults by axe, each with where it is. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}`))
}

/** Each view, and what one does to come to it from the one before. */
const views: [string, (page: Page) => Promise<unknown>][] = [
  ['the first screen', page => page.getByRole('img').nth(8).waitFor()],
  ['a wrong value', page => page.getByRole('textbox', { name: /^Margin/ }).fill('-1')],
  ['all hyperparameters', page => fillSmallJob(page)],
  [
    'the backend',
    page =>
      page
        .locator('.top-bar')
        .getByRole('button', { name: /Backend/ })
        .click(),
  ],
  [
    'training',
    async page => {
      await page.keyboard.press('Escape')
      await fillSmallJob(page, 100_000)
      await page.getByRole('button', { name: 'Train', exact: true }).click()
      await page.getByText(/^Iteration \d+/).waitFor()
    },
  ],
  [
    'a trained network',
    async page => {
      await page.getByRole('button', { name: 'Stop', exact: true }).click()
      await page.locator('.result').waitFor()
    },
  ],
  [
    'a search',
    async page => {
      await page.getByRole('button', { name: 'Random test image' }).click()
      await page.getByRole('button', { name: /^9: class/ }).waitFor()
    },
  ],
  ['a comparison', page => page.getByRole('tab', { name: 'Compare' }).click()],
  [
    'keyboard help',
    async page => {
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
      await page.getByRole('dialog').waitFor()
    },
  ],
]

describe.each(['light', 'dark'] as const)('axe finds no serious or critical fault in %s', scheme => {
  let page: Page
  beforeAll(async () => {
    page = await openPage(scheme)
    return () => page.context().close()
  })

  test.each(views)('%s', async (_, come) => {
    await come(page)
    // Colours that still fade would be measured half-way.
    await page.waitForTimeout(400)
    expect(await faultsOf(page)).toEqual([])
  })
})

test('motion is reduced where a person asks for that', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor()
  const longest = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('*')].flatMap(element => {
        const { transitionDuration, animationDuration } = getComputedStyle(element)
        return `${transitionDuration}, ${animationDuration}`.split(', ').map(Number.parseFloat)
      }),
    ),
  )
  expect(longest).toBeLessThanOrEqual(0.01)
  await context.close()
})
