import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeImage } from '../../src/main/engine/data/image-file.ts'
import type { Scene } from '../../src/renderer/explorer/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import { openWindow, sceneOf, selectedIndices, spotsOf, trainAndExplore } from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let engine: Awaited<ReturnType<typeof connectClient>>
let scene: Scene

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  await trainAndExplore(page)
  engine = await connectClient(app.url)
  scene = await sceneOf(engine.client)
})
afterAll(async () => {
  engine?.close()
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const entry = (label: number) => page.getByRole('button', { name: new RegExp(`^${label}, \\d+ images$`) })
const countOf = (label: number) => scene.labels.filter(one => one === label).length
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

test('the legend counts; a click hides a class, a double click leaves it alone, one undo brings all back', async () => {
  for (const label of [0, 4, 9])
    await page.getByRole('button', { name: `${label}, ${countOf(label)} images` }).waitFor()
  await entry(4).click()
  await page.getByText(`${200 - countOf(4)} of 200 shown`).waitFor()
  await press('Select all')
  expect(await selectedIndices(page)).toEqual(
    Array.from(scene.labels.keys()).filter(i => scene.labels[i] !== 4),
  )
  await press('Show all images again')
  await page.waitForTimeout(600)
  await entry(7).dblclick()
  await page.getByText(`${countOf(7)} of 200 shown`).waitFor()
  await page.keyboard.press('Control+z')
  await expect.poll(() => page.getByText(/of 200 shown/).count()).toBe(0)
  await press('Select class 7')
  expect(await selectedIndices(page)).toEqual(
    Array.from(scene.labels.keys()).filter(i => scene.labels[i] === 7),
  )
})

/** How colourful a pixel is, 0 to 255. */
const chroma = ([r, g, b]: [number, number, number]) => Math.max(r, g, b) - Math.min(r, g, b)

test('selecting greys the others and hides none of them', async () => {
  await press('Select none')
  const spots = await spotsOf(page, scene)
  const alone = [...spots.keys()].filter(i =>
    spots.every(([x, y], k) => k === i || Math.hypot(x - spots[i]![0], y - spots[i]![1]) > 12),
  )
  const pixels = async () => {
    await page.mouse.move(5, 5)
    await page.waitForTimeout(300)
    const { rgba, width } = await decodeImage(await page.screenshot(), 'page')
    return alone.map(i => {
      const at = (Math.floor(spots[i]![1]) * width + Math.floor(spots[i]![0])) * 4
      return [...rgba.subarray(at, at + 3)] as [number, number, number]
    })
  }
  await page.getByRole('button', { name: 'Names at the classes' }).click()
  const before = (await pixels()).filter(pixel => chroma(pixel) > 60)
  expect(before.length).toBeGreaterThan(15)
  const kept = new Set(alone.slice(0, 8))
  await page.getByLabel('Image numbers').fill([...kept].join(','))
  await page.getByLabel('Image numbers').press('Enter')
  const after = await pixels()
  const [coloured, grey] = [[] as number[], [] as number[]]
  after.forEach((pixel, i) => {
    if (chroma(pixel) > 60) coloured.push(alone[i] as number)
    // Grey, and there: the page itself is white.
    else if (chroma(pixel) < 30 && pixel[0] < 250) grey.push(alone[i] as number)
  })
  expect(coloured.every(i => kept.has(i))).toBe(true)
  expect(coloured.length).toBeGreaterThanOrEqual(7)
  expect(grey.length).toBeGreaterThanOrEqual((alone.length - kept.size) * 0.9)
})

test('nothing is barred to anyone, in light and dark, as images and as a table', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const way of ['As images', 'As a table']) {
      await press(way)
      await page.getByRole('combobox', { name: 'Colour by' }).selectOption('agreement')
      await page.waitForTimeout(300)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}`))
      expect(serious).toEqual([])
    }
  }
  expect(faults).toEqual([])
})

test('nothing is cut off at 1280 x 800 and at 1920 x 1080', async () => {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    const overflow = await page.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
      return [scrollHeight - clientHeight, scrollWidth - clientWidth]
    })
    expect(overflow).toEqual([0, 0])
    const marks = await page.locator('.marks').boundingBox()
    expect(marks?.width).toBeGreaterThan(600)
    expect(marks?.height).toBeGreaterThan(400)
  }
})
