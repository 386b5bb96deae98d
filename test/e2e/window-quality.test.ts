import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verificationPairs } from '../../src/main/engine/embedding/quality.ts'
import { samplePairDistances } from '../../src/main/engine/embedding/verification.ts'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { launchBrowser } from '../support/browser.ts'
import { field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

const long = 60_000

let app: RunningApp
let browser: Browser
let page: Page
let run: Run
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
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const view = (name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click()
const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click()
const savedFolder = async (): Promise<string> => (await page.locator('.result code').allInnerTexts()).join()

/** Trains with these values to the end of a run that was not there before. */
async function train(iterations: number, values: Record<string, number> = {}): Promise<Run> {
  await view('Training')
  await fillSmallJob(page, iterations)
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(String(value))
  const before = await savedFolder()
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  for (let folder = before; ; folder = await savedFolder()) {
    if (folder !== before && folder !== '') return openRun(folder.trim())
    await page.waitForTimeout(100)
  }
}

/** The class that most of the five nearest training images have, by sorting all of them. */
function namedAs(index: number): number {
  const { values, size } = run.test.embedding
  const labels = Array.from(run.train.labels, (label, i) => {
    const differences = Array.from(
      { length: size },
      (_, k) => (values[index * size + k] as number) - (run.train.embedding.values[i * size + k] as number),
    )
    return { label, i, distance: Math.hypot(...differences) }
  })
    .sort((a, b) => a.distance - b.distance || a.i - b.i)
    .slice(0, 5)
    .map(({ label }) => label)
  const times = (label: number): number => labels.filter(one => one === label).length
  return labels.reduce((best, label) => (times(label) > times(best) ? label : best))
}

describe('after a training', () => {
  /** What each test image is named as, by brute force. */
  let named: number[]
  beforeAll(async () => {
    run = await train(60)
    named = Array.from(run.test.labels, (_, index) => namedAs(index))
    await view('Quality')
    await page.getByRole('region', { name: 'Quality figures' }).waitFor({ timeout: long })
  })

  test('the figures are the run’s, and the 5-NN accuracy that of a brute-force computation', async () => {
    const text = await page.getByRole('region', { name: 'Quality figures' }).innerText()
    const { quality } = run.config
    const right = named.filter((label, index) => label === run.test.labels[index]).length
    expect(right / named.length).toBeCloseTo(quality.knnAccuracy as number, 12)
    for (const share of [quality.knnAccuracy, quality.precisionAt9, quality.eer])
      expect(text).toContain(`${((share as number) * 100).toFixed(1)}%`)
    expect(text).toContain((quality.auc as number).toFixed(3))
    expect(text).toContain('The five nearest are training images.')
  })

  describe('the threshold', () => {
    const slider = (): Locator => page.getByRole('slider', { name: 'Threshold' })
    const now = async (): Promise<number> => Number(await slider().getAttribute('aria-valuenow'))

    /** Both rates on the screen equal a count over the run's own pairs, to what the screen shows of them. */
    async function expectRates(): Promise<void> {
      const threshold = await now()
      const { distances, similar } = samplePairDistances(
        run.test,
        verificationPairs,
        Random.seeded(run.config.hyperparameters.seed, 'quality'),
      )
      const of = (kind: number): number[] => [...distances].filter((_, i) => similar[i] === kind)
      const [same, different] = [of(1), of(0)]
      const text = await page.locator('.rates').innerText()
      const [accepts, rejects] = [...text.matchAll(/([\d.]+)%/g)].map(([, percent]) => Number(percent))
      const counted = {
        accepts: (100 * different.filter(d => d <= threshold).length) / different.length,
        rejects: (100 * same.filter(d => d > threshold).length) / same.length,
      }
      expect(Math.abs((accepts as number) - counted.accepts)).toBeLessThan(0.4)
      expect(Math.abs((rejects as number) - counted.rejects)).toBeLessThan(0.4)
    }

    test('starts at the run’s equal error, where both rates are alike', async () => {
      expect(await now()).toBeCloseTo(run.config.quality.eerThreshold as number, 9)
      await expectRates()
    })

    test('moves by the keyboard, and the rates with it', async () => {
      const before = await now()
      await slider().focus()
      for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight')
      expect(await now()).toBeGreaterThan(before)
      await expectRates()
      await page.keyboard.press('Home')
      expect(await now()).toBe(0)
      await expectRates()
      await page.getByRole('button', { name: 'Back to the preset' }).click()
      expect(await now()).toBeCloseTo(before, 9)
    })

    test('is dragged by the mouse', async () => {
      const before = await now()
      const box = (await slider().boundingBox()) as { x: number; y: number; width: number; height: number }
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + 60, y, { steps: 4 })
      await page.mouse.up()
      const moved = (await slider().boundingBox()) as { x: number }
      expect(moved.x - box.x).toBeCloseTo(60, 0)
      expect(await now()).toBeGreaterThan(before)
      await expectRates()
    })
  })

  test('the curve ends at refusing all and accepting all, as a table too', async () => {
    await page.locator('section', { hasText: 'Errors at every threshold' }).getByText('As a table').click()
    const rows = page.getByRole('region', { name: 'Error rates by threshold' }).getByRole('row')
    expect(await rows.nth(1).innerText()).toMatch(/0\.0%\s+100\.0%/)
    expect(await rows.last().innerText()).toMatch(/100\.0%\s+0\.0%/)
    await page.locator('section', { hasText: 'Errors at every threshold' }).getByText('As a table').click()
  })

  describe('confusion of classes', () => {
    beforeAll(async () => {
      await tab('Confusion of classes')
      await page.getByRole('gridcell').nth(99).waitFor()
    })

    const imagesOf = (row: number, column: number): number[] =>
      named.flatMap((label, index) => (label === column && run.test.labels[index] === row ? [index] : []))

    test('each cell has the count of a brute-force computation', async () => {
      const cells = await page.getByRole('gridcell').allInnerTexts()
      expect(cells).toHaveLength(100)
      cells.forEach((text, cell) => {
        const count = imagesOf(Math.floor(cell / 10), cell % 10).length
        expect(text.trim()).toBe(count === 0 ? '·' : String(count))
      })
    })

    test('a cell opens its images; one becomes the query, all are selected in the explorer', async () => {
      const wrong = named.findIndex((label, index) => label !== run.test.labels[index])
      const [row, column] = [run.test.labels[wrong] as number, named[wrong] as number]
      const expected = imagesOf(row, column)
      await page
        .getByRole('gridcell')
        .nth(row * 10 + column)
        .click()
      const sheet = page.getByRole('region', { name: 'Images of the cell' })
      const shown = await sheet.getByRole('button', { name: /^Test image/ }).allInnerTexts()
      expect(shown.map(Number).sort((a, b) => a - b)).toEqual(expected)
      await sheet.getByRole('button', { name: `Test image ${wrong}`, exact: true }).click()
      await sheet.getByRole('button', { name: `Test image ${wrong}, the query` }).waitFor()
      await sheet.getByRole('button', { name: 'Select these in the explorer' }).click()
      await page.getByText(`Test image ${wrong}`, { exact: true }).first().waitFor()
      await page.getByRole('tab', { name: /^Selection/ }).click()
      const panel = page.getByRole('tabpanel', { name: /^Selection/ })
      await panel
        .getByText(new RegExp(`\\b${expected.length}\\b`))
        .first()
        .waitFor()
      await view('Quality')
      await tab('Confusion of classes')
    })

    test('by the keyboard too, worst class first', async () => {
      await page.getByLabel('Sort').selectOption('worst')
      const own = (label: number): number =>
        imagesOf(label, label).length / run.test.labels.filter(one => one === label).length
      const worst = [...Array(10).keys()].sort((a, b) => own(a) - own(b) || a - b)
      const heads = (await page.getByRole('rowheader').allInnerTexts()).map(Number)
      expect(heads).toEqual(worst)
      await page.getByRole('grid').focus()
      await page.keyboard.press('Control+Home')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      const sheet = page.getByRole('region', { name: 'Images of the cell' })
      await sheet
        .getByRole('heading')
        .filter({ hasText: /^Class \d named as \d/ })
        .waitFor()
    })
  })
})

describe('the diagnosis of a real training', () => {
  const finding = (kind: string): Locator => page.locator(`[data-finding="${kind}"]`)

  test('that was ended early: still improving, with the fall of its loss', async () => {
    await train(80, { 'Learning rate': 0.00004, 'Training images': 2000 })
    await view('Quality')
    await tab('Measures')
    await finding('still-improving').waitFor({ timeout: long })
    expect(await finding('still-improving').innerText()).toMatch(/training loss fell by \d+\.\d%/)
    expect(await finding('collapsed').count()).toBe(0)
  })

  test('whose margin is beyond its reach: collapsed, with the distance against the margin', async () => {
    await train(60, { 'Learning rate': 0.000001, Margin: 1000 })
    await view('Quality')
    await tab('Measures')
    await finding('collapsed').waitFor({ timeout: long })
    expect(await finding('collapsed').innerText()).toMatch(/of the margin of 1,?000/)
  })

  test('nothing of all this was a fault of the page', () => {
    expect(faults).toEqual([])
  })
})
