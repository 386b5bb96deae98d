import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decodeImage } from '../../src/main/engine/data/image-file.ts'
import type { Scene } from '../../src/renderer/explorer/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import {
  draw,
  exportedRows,
  insideOf,
  openWindow,
  sceneOf,
  selectedIndices,
  spotsOf,
  trainAndExplore,
} from './explore-page.ts'

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
  await trainAndExplore(page)
  engine = await connectClient(app.url)
  scene = await sceneOf(engine.client)
  spots = await spotsOf(page, scene)
})
afterAll(async () => {
  engine?.close()
  await browser?.close()
  expect(await app?.close()).toBe(0)
})
beforeEach(async () => {
  await page.locator('.marks').focus()
  await page.keyboard.press('d')
  await press('New selection')
})

const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const all = Array.from({ length: 200 }, (_, i) => i)
const label = (index: number) => scene.labels[index] as number

/** What a person sees in the middle of the scatter, as corners on the page. */
function around(share: number): [number, number][] {
  const xs = spots.map(([x]) => x).sort((a, b) => a - b)
  const ys = spots.map(([, y]) => y).sort((a, b) => a - b)
  const at = (of: number[], q: number) => of[Math.floor(q * (of.length - 1))] as number
  const [left, right] = [at(xs, 0.5 - share / 2), at(xs, 0.5 + share / 2)]
  const [top, bottom] = [at(ys, 0.5 - share / 2), at(ys, 0.5 + share / 2)]
  return [
    [left, top],
    [right, top + 10],
    [(left + right) / 2 + 5, (top + bottom) / 2],
    [right - 3, bottom],
    [left + 8, bottom - 5],
  ]
}

const without = (indices: readonly number[], edge: ReadonlySet<number>) => indices.filter(i => !edge.has(i))

describe('tools', () => {
  test('a lasso selects exactly the points inside of what was drawn', async () => {
    await press('Lasso')
    const polygon = around(0.6)
    await draw(page, polygon)
    const { inside, edge } = insideOf(spots, polygon)
    const selected = await selectedIndices(page)
    expect(inside.length).toBeGreaterThan(10)
    expect(without(selected, edge)).toEqual(without(inside, edge))
  })

  test('a box adds with Shift and takes away with its mode, and only what is shown counts', async () => {
    await press('Box')
    const corners = (from: readonly [number, number], to: readonly [number, number]) =>
      [from, [to[0], from[1]], to, [from[0], to[1]]] as const
    const [a, , , b] = around(0.5) as [[number, number], unknown, unknown, [number, number]]
    await draw(page, [a, b])
    const first = insideOf(spots, corners(a, b))
    const more = [b, [b[0] + 90, b[1] + 60]] as const
    await page.keyboard.down('Shift')
    await draw(page, more)
    await page.keyboard.up('Shift')
    const second = insideOf(spots, corners(more[0], more[1] as [number, number]))
    const edges = new Set([...first.edge, ...second.edge])
    const union = [...new Set([...first.inside, ...second.inside])].sort((x, y) => x - y)
    expect(without(await selectedIndices(page), edges)).toEqual(without(union, edges))

    const gone = label(union[0] as number)
    await page.getByRole('button', { name: new RegExp(`^${gone}, `) }).click()
    await press('Take from the selection')
    await draw(page, [a, b])
    const left = union.filter(i => !first.inside.includes(i) || label(i) === gone)
    expect(without(await selectedIndices(page), edges)).toEqual(without(left, edges))
    await press('Show all images again')
  })

  test('a click takes one, and Ctrl with a click takes it in and out whatever the tool', async () => {
    await press('Lasso')
    const [x, y] = spots[17] as [number, number]
    await page.mouse.click(x, y)
    const [one, ...others] = await selectedIndices(page)
    expect(others).toEqual([])
    const [px, py] = spots[one as number] as [number, number]
    expect(Math.hypot(px - x, py - y)).toBeLessThanOrEqual(14)
    await press('Move')
    await page.mouse.move(x, y)
    await page.keyboard.down('Control')
    await page.mouse.down()
    await page.mouse.up()
    await page.keyboard.up('Control')
    expect(await selectedIndices(page)).toEqual([])
  })
})

describe('by name', () => {
  test('label, numbers, and misplaced by the engine’s own analysis', async () => {
    await page.getByLabel('Label contains').fill('3')
    await page.getByLabel('Label contains').press('Enter')
    expect(await selectedIndices(page)).toEqual(all.filter(i => label(i) === 3))
    await page.getByLabel('Image numbers').fill('5, 7, 100-120')
    await page.getByLabel('Image numbers').press('Enter')
    const named = [5, 7, ...all.slice(100, 121)]
    expect(await selectedIndices(page)).toEqual(named)
    await press('Add to the selection')
    const { agrees } = await engine.client.analyse()
    const misplaced = all.filter(i => agrees[i] === 0)
    expect(misplaced.length).toBeGreaterThan(0)
    await press(new RegExp(`Select ${misplaced.length} misplaced`))
    const union = [...new Set([...named, ...misplaced])].sort((a, b) => a - b)
    expect(await selectedIndices(page)).toEqual(union)
    await page.getByLabel('Image numbers').fill('200')
    await page.getByLabel('Image numbers').press('Enter')
    expect(await page.getByText('There is no image 200: the last is 199.').isVisible()).toBe(true)
  })

  test('all that is shown, none, the others; “only these” says how many of how many', async () => {
    await page.getByLabel('Image numbers').fill('0-49')
    await page.getByLabel('Image numbers').press('Enter')
    await press('Invert the selection')
    expect(await selectedIndices(page)).toEqual(all.slice(50))
    await page.getByRole('button', { name: 'Only these' }).first().click()
    expect(await page.getByText('150 of 200 shown').isVisible()).toBe(true)
    await press('Select all')
    expect(await selectedIndices(page)).toEqual(all.slice(50))
    await press('Show all images again')
    await press('Select all')
    expect(await selectedIndices(page)).toEqual(all)
    await press('Select none')
    expect(await selectedIndices(page)).toEqual([])
  })
})

test('every step can be undone and redone by keys', async () => {
  const numbers = page.getByLabel('Image numbers')
  for (const text of ['1-3', '7']) {
    await numbers.fill(text)
    await numbers.press('Enter')
  }
  await page.getByRole('button', { name: /^4, / }).click()
  await page.getByRole('button', { name: 'Only these' }).first().click()
  expect(await page.getByText('1 of 200 shown').isVisible()).toBe(true)
  await page.locator('.marks').focus()
  await page.keyboard.press('Control+z')
  await page.getByText(/^1\d\d of 200 shown/).waitFor()
  await page.keyboard.press('Control+z')
  await expect.poll(() => page.getByText(/of 200 shown/).count()).toBe(0)
  await page.keyboard.press('Control+z')
  expect(await selectedIndices(page)).toEqual([1, 2, 3])
  await page.keyboard.press('Control+Shift+z')
  expect(await selectedIndices(page)).toEqual([7])
})

test('zooming can be undone: the same points lie under the same places again', async () => {
  await press('Zoom in')
  await page.waitForTimeout(400)
  await press('Box')
  const [a, , , b] = around(0.5) as [[number, number], unknown, unknown, [number, number]]
  await draw(page, [a, b])
  const close = await selectedIndices(page)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await draw(page, [a, b])
  const whole = await selectedIndices(page)
  const { inside, edge } = insideOf(spots, [a, [b[0], a[1]], b, [a[0], b[1]]])
  expect(without(whole, edge)).toEqual(without(inside, edge))
  expect(close.length).toBeLessThan(whole.length)
})

describe('listed and exported', () => {
  const ten = [3, 8, 9, 20, 21, 22, 150, 180, 198, 199]
  beforeEach(async () => {
    await page.getByLabel('Image numbers').fill(ten.join(' '))
    await page.getByLabel('Image numbers').press('Enter')
  })

  test('with counts of its classes that are right', async () => {
    const rows = page.getByRole('list', { name: 'Classes of the selection' }).getByRole('listitem')
    const counts = new Map<string, number>()
    for (const text of await rows.allInnerTexts()) {
      const [name, count] = text.split('\n')
      counts.set(String(name), Number(count))
    }
    const expected = new Map<string, number>()
    for (const index of ten) expected.set(String(label(index)), (expected.get(String(label(index))) ?? 0) + 1)
    expect(new Map([...counts].sort())).toEqual(new Map([...expected].sort()))
  })

  test('as a table with class, features and what the neighbours say', async () => {
    const rows = await exportedRows(page)
    const { predicted, confidence } = await engine.client.analyse()
    expect(rows.map(row => Number(row['index']))).toEqual(ten)
    for (const row of rows) {
      const index = Number(row['index'])
      expect(row['class']).toBe(String(label(index)))
      expect(row['predicted']).toBe(String(predicted[index]))
      expect(Math.fround(Number(row['confidence']))).toBe(confidence[index])
      expect(Math.fround(Number(row['feature_1']))).toBe(scene.values[index * 2])
      expect(Math.fround(Number(row['feature_2']))).toBe(scene.values[index * 2 + 1])
    }
  })

  test('as a folder of images, each the engine’s own pixels', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), press('Export as Images')])
    const files = unzipSync(await readFile(await download.path()))
    expect(Object.keys(files).sort()).toEqual(ten.map(index => `${label(index)}/${index}.png`).sort())
    const { pixels } = await engine.client.images({ split: 'test', indices: Int32Array.from(ten) })
    for (const [i, index] of ten.entries()) {
      const image = await decodeImage(files[`${label(index)}/${index}.png`] as Uint8Array, 'one')
      const grey = Array.from({ length: 784 }, (_, k) => image.rgba[k * 4])
      expect(grey).toEqual(Array.from(pixels.subarray(i * 784, (i + 1) * 784)))
    }
  })

  test('as a sheet, every image at twice its size', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), press('Export as Sheet')])
    const sheet = await decodeImage(await readFile(await download.path()), 'sheet')
    expect([sheet.width, sheet.height]).toEqual([4 * 60 + 4, 3 * 76 + 4])
    const { pixels } = await engine.client.images({ split: 'test', indices: Int32Array.of(22) })
    const [left, top] = [4 + (5 % 4) * 60, 4 + 76]
    const grey = Array.from({ length: 784 }, (_, k) => {
      const [x, y] = [left + (k % 28) * 2, top + Math.floor(k / 28) * 2]
      return sheet.rgba[(y * sheet.width + x) * 4]
    })
    expect(grey).toEqual(Array.from(pixels))
  })

  test('on screen: in a filmstrip, and in a table that orders itself and keeps few rows', async () => {
    const strip = page.getByRole('region', { name: 'Filmstrip of the selection' })
    await expect.poll(() => strip.getByRole('button').count()).toBe(10)
    await press('Select all')
    await press('As a table')
    const table = page.getByRole('table', { name: 'Selected images' })
    expect(await table.getAttribute('aria-rowcount')).toBe('201')
    await table.getByRole('button', { name: 'F1' }).click()
    const first = await table.getByRole('row').nth(1).getByRole('button').innerText()
    const least = all.reduce((a, b) =>
      (scene.values[a * 2] as number) <= (scene.values[b * 2] as number) ? a : b,
    )
    expect(Number(first)).toBe(least)
    await table.getByRole('rowgroup', { name: 'Rows' }).evaluate(rows => {
      rows.scrollTop = rows.scrollHeight
    })
    const most = all.reduce((a, b) =>
      (scene.values[a * 2] as number) >= (scene.values[b * 2] as number) ? a : b,
    )
    await expect
      .poll(async () => Number(await table.getByRole('row').last().getByRole('button').innerText()))
      .toBe(most)
    expect(await table.getByRole('row').count()).toBeLessThan(40)
    await press('As images')
  })
})

test('a keyboard alone walks, reads, selects a point and its class, and searches', async () => {
  await page.locator('.marks').focus()
  const status = page.getByRole('region', { name: 'Scatter' }).locator('[role=status].visually-hidden')
  await page.keyboard.press('ArrowRight')
  const [, className, text] = /^Class (\d), test image (\d+),/.exec(await status.innerText()) ?? []
  const index = Number(text)
  expect(label(index)).toBe(Number(className))
  await page.keyboard.press('Space')
  await expect.poll(() => status.innerText()).toMatch(/^1 image/)
  await page.keyboard.press('c')
  await expect.poll(() => status.innerText()).not.toMatch(/^1 image/)
  await page.keyboard.press('Enter')
  await page
    .getByRole('tab', { name: /^Search$/ })
    .first()
    .click()
  await page.getByRole('button', { name: /^9: class/ }).waitFor()
  await page.locator('.marks').focus()
  await page.keyboard.press('n')
  const { neighbours } = await engine.client.search({ query: { kind: 'test', index }, count: 9 })
  const classes = Array.from(neighbours.indices, one => `${label(one)} at`)
  const said = await status.innerText()
  expect(said).toContain(`Nearest to Test image ${index}`)
  expect(said.match(/\d at/g)).toEqual(classes)
  await page.getByRole('tab', { name: /^Selection/ }).click()
  expect(await selectedIndices(page)).toEqual(all.filter(i => label(i) === label(index)))
  expect(faults).toEqual([])
})
