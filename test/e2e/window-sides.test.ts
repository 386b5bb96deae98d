import { basename } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Embedding } from '../../src/main/engine/embedding/embed.ts'
import { openMoments, openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

const long = 60_000

let app: RunningApp
let browser: Browser
let page: Page
/** Of other test images, of the same ones, and the newest, which is "this training". */
let runs: { folder: string; run: Run }[]
const faults: string[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
  runs = []
  for (const [testImages, seed] of [
    [150, 1],
    [200, 2],
    [200, 3],
  ] as const) {
    await fillSmallJob(page, 12)
    await field(page, 'Test images').fill(String(testImages))
    await field(page, 'Seed').fill(String(seed))
    const before = (await page.locator('.result code').allInnerTexts()).join()
    await page.getByRole('button', { name: 'Train', exact: true }).click()
    const folder = await vi.waitFor(
      async () => {
        const now = (await page.locator('.result code').allInnerTexts()).join()
        expect(now).not.toBe('')
        expect(now).not.toBe(before)
        return now.trim()
      },
      { timeout: long },
    )
    runs.push({ folder, run: await openRun(folder) })
  }
  await page.getByRole('button', { name: 'Side by side', exact: true }).click()
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})
beforeEach(() => {
  faults.length = 0
})

const embeddingOf = (i: number): Embedding => runs[i]!.run.test.embedding
const choice = (name: string): Locator => page.getByRole('combobox', { name })
const strip = (): Locator => page.getByRole('region', { name: 'Neighbours kept and lost' })
const scatter = (side: string): Locator =>
  page.getByRole('application', { name: new RegExp(`^${side} scatter`) })

/** The ten nearest other points, by sorting all of them. */
function bruteForce({ values, count, size }: Embedding, query: number): number[] {
  const place = (i: number): number[] => [...values.subarray(i * size, (i + 1) * size)]
  const distance = (i: number): number =>
    place(i).reduce((sum, x, k) => sum + (x - (place(query)[k] as number)) ** 2, 0)
  return Array.from({ length: count }, (_, i) => i)
    .filter(i => i !== query)
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .slice(0, 10)
}
function meanKept(a: Embedding, b: Embedding): string {
  let sum = 0
  for (let i = 0; i < a.count; i++) {
    const before = bruteForce(a, i)
    sum += bruteForce(b, i).filter(index => before.includes(index)).length / 10
  }
  return `${((100 * sum) / a.count).toFixed(1)}%`
}
const shownMean = (): Promise<string> => strip().locator('.mean').first().innerText()

describe('two runs side by side', () => {
  test('saved runs are offered, and those of other images say why they cannot be compared', async () => {
    const other = choice('Left: run').locator(`option[value="${basename(runs[0]!.folder)}"]`)
    await vi.waitFor(async () => expect(await other.count()).toBe(1))
    expect(await other.isDisabled()).toBe(true)
    expect(await other.innerText()).toMatch(/It is of 150 test images, and 200 are open/)
    const same = choice('Left: run').locator(`option[value="${basename(runs[1]!.folder)}"]`)
    expect(await same.isDisabled()).toBe(false)
  })

  test('the neighbours kept are those of a brute force', async () => {
    await choice('Left: run').selectOption(basename(runs[1]!.folder))
    await expect.poll(shownMean).toBe(meanKept(embeddingOf(1), embeddingOf(2)))
    expect(faults).toEqual([])
  })

  test('a point held on one side is so on the other: its neighbours kept, lost and new', async () => {
    await scatter('Left').focus()
    await scatter('Left').press('PageDown')
    await scatter('Left').press('PageDown')
    await scatter('Left').press('Enter')
    const listed = (title: string): Promise<number[]> =>
      strip()
        .getByRole('list', { name: title })
        .locator('li')
        .evaluateAll(all => all.map(one => Number(one.getAttribute('data-index'))))
    const [left, right] = [bruteForce(embeddingOf(1), 1), bruteForce(embeddingOf(2), 1)]
    await expect.poll(() => listed('Kept')).toEqual(left.filter(index => right.includes(index)))
    expect(await listed('Lost: left only')).toEqual(left.filter(index => !right.includes(index)))
    expect(await listed('New: right only')).toEqual(right.filter(index => !left.includes(index)))
    await scatter('Left').press('Enter')
  })

  /** What the points of one side look like. */
  const pixels = (side: string): Promise<string> =>
    scatter(side).evaluate(canvas => {
      const points = canvas.parentElement?.querySelectorAll('canvas')[1]
      return points?.toDataURL() ?? ''
    })

  test('laying over moves the right side only', async () => {
    const box = page.getByLabel('Lay the right over the left')
    const before = [await pixels('Left'), await pixels('Right')]
    await box.uncheck()
    await expect.poll(() => pixels('Right')).not.toBe(before[1])
    expect(await pixels('Left')).toBe(before[0])
    await box.check()
    await expect.poll(() => pixels('Right')).toBe(before[1])
  })

  test('what is selected on one side is selected on both', async () => {
    const before = [await pixels('Left'), await pixels('Right')]
    await page.getByRole('button', { name: 'Box', exact: true }).click()
    const { x, y, width, height } = (await scatter('Left').boundingBox()) as {
      x: number
      y: number
      width: number
      height: number
    }
    await page.mouse.move(x + width * 0.15, y + height * 0.1)
    await page.mouse.down()
    await page.mouse.move(x + width * 0.5, y + height * 0.5, { steps: 4 })
    await page.mouse.up()
    await page.getByRole('button', { name: /^\d+ selected: none$/ }).waitFor()
    await expect.poll(() => pixels('Left')).not.toBe(before[0])
    await expect.poll(() => pixels('Right')).not.toBe(before[1])
    await page.getByRole('button', { name: /selected: none$/ }).click()
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await page.mouse.move(2, 2)
    await expect.poll(() => pixels('Right')).toBe(before[1])
  })

  test('two moments of one run', async () => {
    const moments = await openMoments(runs[2]!.folder)
    await choice('Left: run').selectOption('')
    await choice('Left: moment').selectOption(String(moments[0]!.iteration))
    await expect.poll(shownMean).toBe(meanKept(moments[0]!.embedding, embeddingOf(2)))
    expect(faults).toEqual([])
  })

  test('axe finds no serious fault, with a point held', async () => {
    await scatter('Left').focus()
    await scatter('Left').press('PageDown')
    await scatter('Left').press('Enter')
    expect(await seriousFaults(page)).toEqual([])
  })
})
