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

await mkdir(folder, { recursive: true })
const app = await startApp()
const browser = await launchBrowser()
try {
  for (const scheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme })
      const page = await context.newPage()
      page.setDefaultTimeout(300_000)
      await page.goto(app.url)
      await page.getByText('Connected', { exact: true }).waitFor()
      await page.getByRole('img').nth(20).waitFor()
      const shoot = (name: string): Promise<Buffer> =>
        page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`) })
      if ((await page.locator('.result').count()) === 0) {
        await shoot('first')
        await train(page, shoot)
      }
      await page.getByRole('button', { name: 'Random test image' }).click()
      await page.getByRole('button', { name: /^9: class/ }).waitFor()
      await page.waitForTimeout(1000)
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
    }
  }
} finally {
  await browser.close()
  await app.close()
}

/** The default job with values that learn fast, looked at half-way. */
async function train(page: Page, shoot: (name: string) => Promise<Buffer>): Promise<void> {
  await page.getByRole('textbox', { name: /^Margin/ }).fill('1')
  await page.getByRole('textbox', { name: /^Learning rate/ }).fill('0.001')
  await page.getByRole('textbox', { name: /^Iterations/ }).fill(String(iterations))
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('[role=progressbar][aria-valuenow="40"]').waitFor()
  await shoot('training')
  await page.locator('.result').waitFor()
}
