import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeImage } from '../../src/main/engine/data/image-file.ts'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { agreeing } from '../../src/renderer/explorer/colouring/ramp.ts'
import type { Scene } from '../../src/renderer/explorer/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'
import { draw, explore, exportedRows, insideOf, openWindow, spotsOf } from './explore-page.ts'

const [tests, trains] = [200, 500]
let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let engine: Awaited<ReturnType<typeof connectClient>>
let scene: Scene
let spots: Awaited<ReturnType<typeof spotsOf>>

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const both = () => page.getByRole('button', { name: 'Test and training', exact: true })
const marks = () => page.locator('.marks')
const label = () => marks().getAttribute('aria-label')

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  await page.getByRole('button', { name: 'Explorer' }).click()
  expect(await both().isDisabled()).toBe(true)
  await page.getByText('Training images can be shown once a training has ended.').waitFor()
  await page.getByRole('button', { name: 'Training', exact: true }).click()
  await fillSmallJob(page)
  await press('Train')
  const saved = page.locator('.result code')
  await saved.waitFor({ timeout: 60_000 })
  const folder = (await saved.innerText()).trim()
  await explore(page)
  engine = await connectClient(app.url)
  const run = await openRun(folder)
  const { test, train } = run
  scene = {
    values: Float32Array.of(...test.embedding.values, ...train.embedding.values),
    labels: Uint16Array.of(...test.labels, ...train.labels),
    ...{ size: 2, count: tests + trains, tests, horizontal: 0, vertical: 1 },
  }
  await both().click()
  await page.getByText('200 test and 500 training images.').waitFor()
  spots = await spotsOf(page, scene)
})
afterAll(async () => {
  engine?.close()
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

describe('test and training images together', () => {
  test('are all points, and say so', async () => {
    expect(await label()).toMatch(/700 test and training images of 10 classes$/)
  })

  test('are told apart by colour and by shape', async () => {
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('split')
    const legend = page.getByRole('group', { name: 'Colours: Split' })
    expect((await legend.innerText()).replaceAll(/\s+/g, ' ').trim()).toBe('Test 200 Training 500')
    const outlines = await legend
      .locator('path')
      .evaluateAll(paths => paths.map(path => path.getAttribute('d')))
    expect(outlines[0]).not.toBe(outlines[1])
    await press("Names at the classes' centres")
    const alone = [...spots.keys()].filter(i =>
      spots.every(([x, y], k) => k === i || Math.hypot(x - spots[i]![0], y - spots[i]![1]) > 10),
    )
    await page.mouse.move(5, 5)
    await page.waitForTimeout(300)
    const { rgba, width } = await decodeImage(await page.screenshot(), 'page')
    const wrong = alone.filter(i => {
      const [x, y] = spots[i]!.map(Math.floor) as [number, number]
      const at = (y * width + x) * 4
      const wanted = agreeing[i < tests ? 0 : 1]
      return [1, 3, 5].some(
        (from, k) => Math.abs(Number.parseInt(wanted.slice(from, from + 2), 16) - rgba[at + k]!) > 40,
      )
    })
    expect(alone.some(i => i < tests) && alone.some(i => i >= tests)).toBe(true)
    expect(wrong.length / alone.length).toBeLessThan(0.1)
  })

  test('a lasso finds those of both, and the table says of which split each is', async () => {
    await press('Lasso')
    const [xs, ys] = [0, 1].map(k => spots.map(spot => spot[k] as number).sort((a, b) => a - b)) as [
      number[],
      number[],
    ]
    const at = (of: number[], share: number) => of[Math.floor(share * of.length)] as number
    const polygon: [number, number][] = [
      [at(xs, 0.3), at(ys, 0.3)],
      [at(xs, 0.8), at(ys, 0.35)],
      [at(xs, 0.7), at(ys, 0.8)],
      [at(xs, 0.35), at(ys, 0.7)],
    ]
    await draw(page, polygon)
    const { inside, edge } = insideOf(spots, polygon)
    const rows = await exportedRows(page)
    const selected = rows.map(({ split, index }) => Number(index) + (split === 'train' ? tests : 0))
    const certain = (indices: readonly number[]) => indices.filter(i => !edge.has(i))
    expect(certain(selected)).toEqual(certain(inside))
    expect(inside.some(i => i < tests) && inside.some(i => i >= tests)).toBe(true)
    for (const [i, row] of rows.entries()) {
      const point = selected[i] as number
      expect(row['class']).toBe(String(scene.labels[point]))
      expect(Number(row['feature_1'])).toBeCloseTo(scene.values[point * 2] as number, 5)
      expect(row['predicted'] === '').toBe(point >= tests)
    }
  })

  test('a training image shows and exports its own pixels, and a click searches with it', async () => {
    const tile = page
      .getByRole('group', { name: /selected images$/ })
      .getByRole('button', { name: /^Training image/ })
      .first()
    const index = Number(/\d+/.exec((await tile.getAttribute('aria-label')) as string)?.[0])
    const { pixels } = await engine.client.images({ split: 'train', indices: Int32Array.of(index) })
    const drawn = await tile.locator('canvas').evaluate(element => {
      const canvas = element as HTMLCanvasElement
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4])
    })
    expect(drawn).toEqual([...pixels])
    const [download] = await Promise.all([page.waitForEvent('download'), press('Export as Images')])
    const files = unzipSync(await readFile(await download.path()))
    const name = Object.keys(files).find(one => one.endsWith(`/train-${index}.png`)) as string
    const { rgba } = await decodeImage(files[name] as Uint8Array, name)
    expect([...pixels].map((_, i) => rgba[i * 4])).toEqual([...pixels])
    await tile.click()
    await page.getByRole('tab', { name: 'Search' }).click()
    await page.locator('.card').getByText(`Training image ${index}`).first().waitFor()
    await page.getByRole('tab', { name: /^Selection/ }).click()
  })

  test('a click on a training point searches with it', async () => {
    await press('Move')
    const alone = [...spots.keys()].find(
      i =>
        i >= tests &&
        spots.every(([x, y], k) => k === i || Math.hypot(x - spots[i]![0], y - spots[i]![1]) > 15),
    ) as number
    await page.mouse.click(...(spots[alone] as [number, number]))
    const status = page.getByRole('region', { name: 'Scatter', exact: true }).getByRole('status').last()
    await expect.poll(() => status.textContent()).toBe(`Training image ${alone - tests} was chosen`)
  })

  test('a past moment knows test images alone, and says so; the present has both', async () => {
    const past = page.getByText('Of a past moment the test images alone are known')
    await page
      .getByRole('slider', { name: /moment|iteration|time/i })
      .first()
      .focus()
    await page.keyboard.press('ArrowLeft')
    await past.waitFor()
    await expect.poll(label).toMatch(/200 test images/)
    await press('Now')
    await expect.poll(label).toMatch(/700 test and training images/)
    expect(await past.count()).toBe(0)
  })

  test('opens as it was left', async () => {
    const rows = await exportedRows(page)
    await page.waitForTimeout(800)
    await page.reload()
    await page.getByText('Connected', { exact: true }).waitFor()
    await explore(page)
    await expect.poll(label).toMatch(/700 test and training images/)
    expect(await exportedRows(page)).toEqual(rows)
  })

  test('the choice can be undone and redone', async () => {
    await press('Test')
    const undo = page.getByRole('button', { name: 'Undo', exact: true })
    await expect.poll(label).toMatch(/200 test images of 10 classes$/)
    await undo.click()
    await expect.poll(label).toMatch(/700 test and training images/)
    await press('Redo')
    await expect.poll(label).toMatch(/200 test images of 10 classes$/)
  })

  test('of many features PCA brings both into the plane', async () => {
    await page.getByRole('button', { name: 'Training', exact: true }).click()
    await fillSmallJob(page)
    await field(page, 'Embedding size').fill('4')
    await press('Train')
    await page.getByText('Done', { exact: true }).waitFor({ state: 'detached' })
    await page.getByText('Done', { exact: true }).waitFor({ timeout: 60_000 })
    await explore(page)
    await both().click()
    await page.getByText('200 test and 500 training images.').waitFor()
    await press('PCA')
    await expect.poll(label).toMatch(/^PCA of the 4-D .* 700 test and training images/)
    expect(faults).toEqual([])
  })
})
