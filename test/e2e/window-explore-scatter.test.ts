import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

/** The scatter in the real window over the real engine. */
let app: RunningApp
let browser: Browser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(20_000)
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 60_000 })
  await fillSmallJob(page, 30)
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('.run-bar .phase', { hasText: /^Done$/ }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Explorer' }).click()
  await page.getByRole('application').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  expect(faults).toEqual([])
})

/** Opaque pixels of what lies over the points, and those of them that are grey from black to white. */
const over = () =>
  page.getByRole('application').evaluate(one => {
    const canvas = one as HTMLCanvasElement
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let [opaque, black] = [0, 0]
    for (let i = 0; i < data.length; i += 4) {
      if ((data[i + 3] ?? 0) < 255) continue
      opaque++
      if ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0) === 0) black++
    }
    return { opaque, black }
  })

test('lines of equal density come around all points, then around each class, then go', async () => {
  const button = page.getByRole('button', { name: /^Lines of equal density/ })
  const none = (await over()).opaque
  await button.click()
  await expect.poll(async () => (await over()).opaque).toBeGreaterThan(none + 500)
  expect(await button.getAttribute('aria-pressed')).toBe('true')
  const all = (await over()).opaque
  await button.click()
  await expect.poll(async () => (await over()).opaque).toBeGreaterThan(all + 500)
  await button.click()
  await expect.poll(async () => (await over()).opaque).toBe(none)
})

test('close up, points become their images, and points again with the button', async () => {
  expect((await over()).black).toBe(0)
  const box = (await page.getByRole('application').boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -200)
  // The digits' background, which no point and no letter has.
  await expect.poll(async () => (await over()).black).toBeGreaterThan(500)
  await page.getByRole('button', { name: 'Images in place of points, close up' }).click()
  await expect.poll(async () => (await over()).black).toBe(0)
})

test('says once where the browser has no WebGL2, and draws all the same', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const without = await context.newPage()
  await without.addInitScript('delete window.WebGL2RenderingContext')
  await without.goto(app.url)
  await without.getByText('Connected', { exact: true }).waitFor({ timeout: 60_000 })
  await without.getByRole('button', { name: 'Explorer' }).click()
  const note = without.getByText('No graphics card can be used here')
  await note.waitFor()
  await without.getByRole('button', { name: 'Close this note' }).click()
  expect(await note.count()).toBe(0)
  await without.getByRole('button', { name: 'Quality' }).click()
  await without.getByRole('button', { name: 'Explorer' }).click()
  await without.getByRole('application').waitFor()
  expect(await note.count()).toBe(0)
  const drawn = await without
    .locator('.frame canvas')
    .nth(1)
    .evaluate(one => {
      const canvas = one as HTMLCanvasElement
      return canvas
        .getContext('2d')
        ?.getImageData(0, 0, canvas.width, canvas.height)
        .data.some(value => value > 0)
    })
  expect(drawn).toBe(true)
  await context.close()
})
