import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scene } from '../../src/renderer/explorer/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { fillSmallJob, type RunningApp, startApp } from '../support/window.ts'
import { openWindow, sceneOf, spotsOf } from './explore-page.ts'

/** The explorer by the keyboard alone: no pointer is used once the network is trained. */
let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let engine: Awaited<ReturnType<typeof connectClient>>
let scene: Scene
let spots: Awaited<ReturnType<typeof spotsOf>>

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  await fillSmallJob(page)
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('.result code').waitFor({ timeout: 60_000 })
  engine = await connectClient(app.url)
  scene = await sceneOf(engine.client)
})
afterAll(async () => {
  engine?.close()
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const press = (key: string): Promise<void> => page.keyboard.press(key)
const said = (): Promise<string> =>
  page.getByRole('region', { name: 'Scatter' }).locator('[role=status].visually-hidden').innerText()
const focused = (): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-roledescription') ?? '')

/** Which way each arrow points on the page, as an angle; down is positive there. */
const angles = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 } as const

/** Of all points within 45 degrees of an arrow, the one that the fewest pixels are to. @returns -1 for none */
function nearest(from: number, arrow: keyof typeof angles): number {
  const [x0, y0] = spots[from]!
  const near = spots
    .map(([x, y], index) => {
      const off = Math.atan2(y - y0, x - x0) - angles[arrow]
      const turned = Math.abs(Math.atan2(Math.sin(off), Math.cos(off)))
      return { index, turned, distance: Math.hypot(x - x0, y - y0) }
    })
    .filter(({ index, turned, distance }) => index !== from && distance > 0 && turned <= Math.PI / 4)
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
  return near[0]?.index ?? -1
}

/** The image that is read out. */
async function readIndex(): Promise<number> {
  const [, className, text] = /^Class (\d), test image (\d+), at /.exec(await said()) ?? []
  const index = Number(text)
  expect(Number(className)).toBe(scene.labels[index])
  return index
}

test('Alt and 2 opens the explorer, and Tab comes to the scatter', async () => {
  await press('Alt+2')
  await page.locator('.marks').waitFor()
  let tabs = 0
  while ((await focused()) !== 'scatter plot' && tabs < 100) {
    await press('Tab')
    tabs++
  }
  expect(await focused()).toBe('scatter plot')
  spots = await spotsOf(page, scene)
})

test('every arrow goes to the nearest point in its direction, and reads it', async () => {
  await press('PageDown')
  let at = await readIndex()
  let steps = 0
  const way = Object.keys(angles) as (keyof typeof angles)[]
  for (let i = 0; i < 40; i++) {
    // Twice along each side, so that a step back is no way to pass.
    const arrow = way[Math.floor(i / 2) % 4] as keyof typeof angles
    const expected = nearest(at, arrow)
    await press(arrow)
    if (expected === -1) {
      expect(await readIndex()).toBe(at)
      continue
    }
    await expect.poll(readIndex).toBe(expected)
    at = expected
    steps++
  }
  expect(steps).toBeGreaterThan(20)
})

test('plus zooms at the point that one has walked to, and 0 shows all again', async () => {
  const tip = page.locator('.frame .tip')
  const [before, index] = [await tip.boundingBox(), await readIndex()]
  for (let i = 0; i < 3; i++) await press('+')
  const after = await tip.boundingBox()
  expect(after?.x).toBeCloseTo(before?.x ?? Number.NaN, 0)
  expect(after?.y).toBeCloseTo(before?.y ?? Number.NaN, 0)
  await press('0')
  await press('PageDown')
  await press('PageUp')
  expect(await readIndex()).toBe(index)
})

test('points are put to the selection one by one, and it tells how many they are', async () => {
  const chosen = new Set<number>()
  for (const arrow of ['ArrowRight', 'ArrowUp', 'ArrowLeft'] as const) {
    const before = await readIndex().catch(() => -1)
    await press(arrow)
    await expect.poll(said).toMatch(/^Class/)
    const at = await readIndex()
    if (chosen.has(at) || at === before) continue
    await press('Space')
    chosen.add(at)
    await expect.poll(said).toMatch(new RegExp(`^${chosen.size} images?\\b`))
  }
  expect(chosen.size).toBeGreaterThan(0)
})

test('Enter searches, and N reads the neighbours, which are the engine’s', async () => {
  await press('PageDown')
  const index = await readIndex()
  await press('Enter')
  await page.getByRole('button', { name: /^9: class/ }).waitFor()
  expect(await focused()).toBe('scatter plot')
  await press('n')
  await expect.poll(said).toContain(`Nearest to Test image ${index}`)
  const { neighbours } = await engine.client.search({ query: { kind: 'test', index }, count: 9 })
  const text = await said()
  expect(text.match(/\d at/g)).toEqual(Array.from(neighbours.indices, one => `${scene.labels[one]} at`))
})

test('Alt and a figure goes to another view, and back to the selection as it was', async () => {
  const selected = page.getByRole('tab', { name: /^Selection/ })
  const before = await selected.innerText()
  expect(before).toMatch(/\d/)
  await press('Alt+3')
  await page.getByRole('region', { name: 'Quality figures' }).waitFor({ timeout: 30_000 })
  await press('Alt+2')
  await page.locator('.marks').waitFor()
  expect(await selected.innerText()).toBe(before)
  expect(faults).toEqual([])
})
