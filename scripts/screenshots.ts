/**
 * Takes the screenshots of the README anew: the real application, the default job stopped after a while, light and dark.
 * Run: npm run screenshots
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../test/support/browser.ts'
import { startApp } from '../test/support/window.ts'

const folder = join(import.meta.dirname, '../docs/screenshots')
const iterations = 1500
const small = { width: 1280, height: 800 }
const large = { width: 1920, height: 1080 }

await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  for (const scheme of ['light', 'dark'] as const) await shootAll(scheme)
} finally {
  await browser.close()
}

async function shootAll(scheme: 'light' | 'dark'): Promise<void> {
  const app = await startApp()
  const context = await browser.newContext({ viewport: small, colorScheme: scheme })
  const page = await context.newPage()
  const shoot = async (name: string): Promise<void> => {
    for (const size of [large, small]) {
      await page.setViewportSize(size)
      await page.waitForTimeout(500)
      await page.screenshot({ path: join(folder, `${name}-${scheme}-${size.width}.png`) })
    }
  }
  page.setDefaultTimeout(300_000)
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor()
  await page.getByRole('img').nth(20).waitFor()
  await shoot('first')
  await train(page, () => shoot('training'))
  await page.getByRole('button', { name: 'Random test image' }).click()
  await page.getByRole('button', { name: /^9: class/ }).waitFor()
  await shoot('search')
  await page.getByRole('tab', { name: 'Compare' }).click()
  for (const name of ['Image A', 'Image B']) {
    await page
      .getByRole('region', { name })
      .getByRole('button', { name: /Random/ })
      .click()
    await page
      .getByRole('region', { name })
      .getByText(/^Test image/)
      .waitFor()
  }
  await shoot('compare')
  await context.close()
  await app.close()
}

/** The default job with values that learn fast, looked at half-way. */
async function train(page: Page, shoot: () => Promise<void>): Promise<void> {
  await page.getByRole('textbox', { name: /^Margin/ }).fill('1')
  await page.getByRole('textbox', { name: /^Learning rate/ }).fill('0.001')
  await page.getByRole('textbox', { name: /^Iterations/ }).fill(String(iterations))
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('[role=progressbar][aria-valuenow="40"]').waitFor()
  await shoot()
  await page.locator('.result').waitFor()
}
