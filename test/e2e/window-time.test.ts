import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { drawPairs } from '../../src/main/engine/embedding/hard-pairs.ts'
import { openMoments, openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import type { RunMoment } from '../../src/main/engine/runs/run-moments.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

const long = 60_000

let app: RunningApp
let browser: Browser
let page: Page
let run: Run
/** All kept moments, the end among them. */
let moments: RunMoment[]
/** What the page said that nobody should have to read. */
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
  await fillSmallJob(page, 100_000)
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  // Stopped once it has a past, however fast the machine.
  await slider().waitFor({ timeout: long })
  await vi.waitFor(async () => expect(await newest()).toBeGreaterThan(40), { timeout: long })
  await page.waitForTimeout(2000)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.locator('.run-bar .phase', { hasText: /^Stopped$/ }).waitFor({ timeout: long })
  const folder = (await page.locator('.result code').innerText()).trim()
  run = await openRun(folder)
  const { iterations: iteration } = run.config
  const end = { embedding: run.test.embedding, iteration, oldestIteration: iteration }
  moments = [...(await openMoments(folder)), end]
  await vi.waitFor(async () => expect(await newest()).toBe(iteration))
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})
beforeEach(() => {
  faults.length = 0
})

const slider = (): Locator => page.getByRole('slider', { name: 'Moment of the training' })
const newest = async (): Promise<number> => Number(await slider().getAttribute('aria-valuemax'))
const at = async (): Promise<number> => Number(await slider().getAttribute('aria-valuenow'))
const press = (key: string): Promise<void> => slider().press(key)
const isNow = async (): Promise<boolean> =>
  (await page.getByRole('button', { name: 'Now', exact: true }).getAttribute('aria-pressed')) === 'true'

/** Where the scatter has the first images, as it reads them out: two digits a feature. */
async function shownPlaces(): Promise<string[]> {
  const scatter = page.getByRole('application', { name: /test images of/ })
  await scatter.focus()
  await scatter.press('Escape')
  const places: string[] = []
  for (let i = 0; i < 5; i++) {
    await scatter.press('PageDown')
    const said = page.getByRole('status').filter({ hasText: `test image ${i}, at` })
    places.push(/at (.*)$/.exec(await said.innerText())?.[1] ?? '')
  }
  return places
}
const placesOf = ({ embedding: { values } }: Pick<RunMoment, 'embedding'>): string[] =>
  Array.from(
    { length: 5 },
    (_, i) => `${values[i * 2]?.toPrecision(2)} and ${values[i * 2 + 1]?.toPrecision(2)}`,
  )
const scatterPixels = (): Promise<string> =>
  page.evaluate(() => {
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.frame canvas')]
    return canvases[1]?.toDataURL() ?? ''
  })

describe.each(['Training', 'Explorer'])('the time bar in the view %s', view => {
  beforeAll(() => page.getByRole('button', { name: view, exact: true }).click())

  test('goes to each kept moment by key, and the scatter shows exactly its points', async () => {
    await press('Home')
    for (const moment of moments.slice(0, 4)) {
      await expect.poll(at).toBe(moment.iteration)
      await expect.poll(shownPlaces).toEqual(placesOf(moment))
      await press('ArrowRight')
    }
    await press('End')
    expect(await isNow()).toBe(true)
    await expect.poll(shownPlaces).toEqual(placesOf({ embedding: run.test.embedding }))
    expect(faults).toEqual([])
  })

  test('goes to the nearest kept moment by pointer; the same moment looks the same again', async () => {
    const box = (await slider().boundingBox()) as { width: number; height: number }
    const [first, second] = [moments[0] as RunMoment, moments[1] as RunMoment]
    const share = (0.4 * first.iteration + 0.6 * second.iteration) / run.config.iterations
    const position = { x: 7 + share * (box.width - 14), y: box.height / 2 }
    await slider().click({ position })
    await expect.poll(at).toBe(second.iteration)
    await expect.poll(shownPlaces).toEqual(placesOf(second))
    await press('Home')
    await page.getByRole('application', { name: /test images of/ }).press('0')
    await page.getByRole('application', { name: /test images of/ }).press('Escape')
    await page.waitForTimeout(200)
    const beginning = await scatterPixels()
    await press('End')
    await expect.poll(scatterPixels).not.toBe(beginning)
    await press('Home')
    await page.getByRole('application', { name: /test images of/ }).press('0')
    await expect.poll(scatterPixels).toBe(beginning)
    await press('End')
  })

  test('replays from the beginning and ends at now', async () => {
    await page.getByLabel('Speed of the replay').selectOption({ label: '4 ×' })
    await press(' ')
    await page.getByRole('button', { name: 'Pause the replay' }).waitFor()
    expect(await isNow()).toBe(false)
    const seen = new Set<number>()
    await expect
      .poll(
        async () => {
          seen.add(await at())
          return isNow()
        },
        { timeout: 30_000, interval: 50 },
      )
      .toBe(true)
    // It went on between the kept moments too.
    const kept = new Set(moments.map(({ iteration }) => iteration))
    expect([...seen].filter(iteration => !kept.has(iteration)).length).toBeGreaterThan(0)
    await expect.poll(shownPlaces).toEqual(placesOf({ embedding: run.test.embedding }))
    expect(await page.getByRole('button', { name: 'Replay the training' }).isVisible()).toBe(true)
    expect(faults).toEqual([])
  })
})

test('the loss chart marks the moment that is looked at, and only while it is', async () => {
  await page.getByRole('button', { name: 'Training', exact: true }).click()
  const marker = page.locator('.moment-marker')
  expect(await marker.count()).toBe(0)
  await press('Home')
  await press('ArrowRight')
  await marker.waitFor()
  const left = async (): Promise<number> => ((await marker.boundingBox()) as { x: number }).x
  const before = await left()
  await press('ArrowRight')
  await expect.poll(left).toBeGreaterThan(before)
  await press('End')
  await expect.poll(() => marker.count()).toBe(0)
})

describe('in the explorer', () => {
  beforeAll(() => page.getByRole('button', { name: 'Explorer', exact: true }).click())

  /** Pixels of the layer over the points that are of a class's colour, by the class's name. */
  const marksOf = async (name: string): Promise<number> => {
    const marker = page.getByRole('button', { name: new RegExp(`^${name}\\b`) }).locator('path[fill^="#"]')
    const fill = (await marker.first().getAttribute('fill')) as string
    const colour = [1, 3, 5].map(at => Number.parseInt(fill.slice(at, at + 2), 16))
    return page.evaluate(wanted => {
      const canvas = [...document.querySelectorAll<HTMLCanvasElement>('.frame canvas')].at(-1)
      const context = canvas?.getContext('2d')
      if (!canvas || !context) return -1
      const [red, green, blue] = wanted
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let found = 0
      for (let i = 0; i < data.length; i += 4)
        if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255) found++
      return found
    }, colour)
  }

  test('the ways of the classes are drawn in their colours, and hidden with them', async () => {
    expect(await marksOf('3')).toBe(0)
    await page.getByLabel('Paths').selectOption('classes')
    await expect.poll(() => marksOf('3')).toBeGreaterThan(20)
    await page.getByLabel('Paths').selectOption('none')
    await expect.poll(() => marksOf('3')).toBe(0)
  })

  /** The pairs shown of one kind: images, distance and pull. */
  const shownPairs = async (title: string): Promise<number[][]> => {
    const rows = page.getByRole('list', { name: title }).getByRole('button')
    const labels = await rows.evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
    return labels.map(label => {
      const [, a, b, distance, pull] =
        /images (\d+) and (\d+), .*: distance ([\d.,]+), .* with ([\d.,]+)$/.exec(label) ?? []
      return [a, b, distance, pull].map(Number)
    })
  }
  /** All drawn pairs of one kind, sorted. */
  const bruteForce = ({ embedding }: Pick<RunMoment, 'embedding'>, similar: boolean): number[][] => {
    const { values } = embedding
    const drawn = drawPairs(run.test.labels, 20_000, Random.seeded(1, 'display'))
    const unique = new Map<string, number[]>()
    drawn.first.forEach((a, i) => {
      const b = drawn.second[i] as number
      const key = [Math.min(a, b), Math.max(a, b)].join()
      if ((drawn.similar[i] === 1) !== similar || unique.has(key)) return
      const apart = Math.hypot(
        (values[2 * a] as number) - (values[2 * b] as number),
        (values[2 * a + 1] as number) - (values[2 * b + 1] as number),
      )
      const d = Math.sqrt(apart ** 2 + 1e-6)
      const pull = similar ? apart : (Math.max(0, 1 - d) * apart) / d
      if (similar || d < 1) unique.set(key, [a, b, Number(d.toPrecision(4)), Number(pull.toPrecision(4)), d])
    })
    const sorted = [...unique.values()].sort(
      (x, y) => (similar ? -1 : 1) * ((x[4] as number) - (y[4] as number)),
    )
    return sorted.slice(0, 12).map(one => one.slice(0, 4))
  }

  test('the hardest pairs are those of a brute force over the same drawn pairs, now and in the past', async () => {
    await page.getByRole('tab', { name: 'Pairs' }).click()
    for (const moment of [{ embedding: run.test.embedding }, moments[1] as RunMoment]) {
      if ('iteration' in moment) {
        await press('Home')
        await press('ArrowRight')
      }
      await expect.poll(() => shownPairs('Dissimilar, but near')).toEqual(bruteForce(moment, false))
      expect(await shownPairs('Similar, but far apart')).toEqual(bruteForce(moment, true))
    }
    await press('End')
    expect(faults).toEqual([])
  })

  test('a pair at a press is pointed out in the scatter', async () => {
    await expect.poll(() => shownPairs('Dissimilar, but near')).toEqual(bruteForce(run.test, false))
    const row = page.getByRole('list', { name: 'Similar, but far apart' }).getByRole('button').first()
    const marks = (): Promise<string> =>
      page.evaluate(
        () => [...document.querySelectorAll<HTMLCanvasElement>('.frame canvas')].at(-1)?.toDataURL() ?? '',
      )
    const before = await marks()
    await row.click()
    expect(await row.getAttribute('aria-pressed')).toBe('true')
    await expect.poll(marks).not.toBe(before)
    await row.click()
    await expect.poll(marks).toBe(before)
  })

  test('axe finds no serious fault, with pairs, paths and the past on show', async () => {
    await page.getByLabel('Paths').selectOption('classes')
    await press('Home')
    expect(await seriousFaults(page)).toEqual([])
  })
})
