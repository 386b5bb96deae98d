import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { launchBrowser } from '../support/browser.ts'
import { savedSvg } from '../support/figures.ts'
import { openSearchWindow } from '../support/search-window.ts'
import { field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

/** An embedding of eight features, brought into two and three dimensions in the real window. */
const long = 60_000
let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let run: Run

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  const opened = await openSearchWindow(app, browser)
  page = opened.page
  faults = opened.faults
  await fillSmallJob(page)
  await field(page, 'Embedding size').fill('8')
  await button('Train').click()
  const folder = page.locator('.result code')
  await folder.waitFor({ timeout: long })
  run = await openRun((await folder.innerText()).trim())
  await page.keyboard.press('Alt+2')
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })

/** Centred values and their leading directions by power iteration with deflation: another way than the window's. */
function bruteForce(count: number) {
  const { values, size } = run.test.embedding
  const points = values.length / size
  const mean = Array.from({ length: size }, (_, j) => {
    let sum = 0
    for (let i = 0; i < points; i++) sum += values[i * size + j]!
    return sum / points
  })
  const rows = Array.from({ length: points }, (_, i) => mean.map((m, j) => values[i * size + j]! - m))
  const total = rows.flat().reduce((sum, v) => sum + v * v, 0)
  const left = rows.map(row => [...row])
  const components = Array.from({ length: count }, (_, k) => {
    let axis = Array.from({ length: size }, (_, j) => Math.sin(j + k + 1))
    for (let round = 0; round < 3000; round++) {
      const along = left.map(row => row.reduce((sum, v, j) => sum + v * axis[j]!, 0))
      const next = axis.map((_, j) => left.reduce((sum, row, i) => sum + row[j]! * along[i]!, 0))
      const length = Math.hypot(...next)
      axis = next.map(v => v / length)
    }
    for (const row of left) {
      const along = row.reduce((sum, v, j) => sum + v * axis[j]!, 0)
      axis.forEach((a, j) => {
        row[j] = row[j]! - along * a
      })
    }
    const scores = rows.map(row => row.reduce((sum, v, j) => sum + v * axis[j]!, 0))
    return { scores, share: scores.reduce((sum, v) => sum + v * v, 0) / total }
  })
  return components
}

/** The most that px are away from the best line through (value, px), and that line's slope. */
function fitted(values: readonly number[], px: readonly number[]) {
  const mean = (all: readonly number[]) => all.reduce((sum, v) => sum + v, 0) / all.length
  const [mv, mp] = [mean(values), mean(px)]
  const slope =
    values.reduce((sum, v, i) => sum + (v - mv) * (px[i]! - mp), 0) /
    values.reduce((sum, v) => sum + (v - mv) ** 2, 0)
  return { slope, worst: Math.max(...values.map((v, i) => Math.abs(mp + slope * (v - mv) - px[i]!))) }
}

describe('PCA of eight features', () => {
  test('is the brute force’s, point for point, and says how much it explains', async () => {
    await button('PCA').click()
    const [first, second] = bruteForce(2)
    const percent = (100 * (first!.share + second!.share)).toFixed(1)
    await page.getByText(`These 2 components hold ${percent}% of the variance of all 8 features.`).waitFor()
    const svg = await savedSvg(page)
    expect(svg.markers).toHaveLength(200)
    const across = fitted(
      first!.scores,
      svg.markers.map(({ x }) => x),
    )
    const up = fitted(
      second!.scores,
      svg.markers.map(({ y }) => y),
    )
    expect(across.worst).toBeLessThan(0.02)
    expect(up.worst).toBeLessThan(0.02)
    expect(Math.abs(up.slope)).toBeCloseTo(Math.abs(across.slope), 2)
    expect(svg.texts('horizontal-axis')).toContain(`PC 1 (${(100 * first!.share).toFixed(1)}%)`)
    expect(svg.texts('title')).toEqual(['PCA of the 8-D feature representation of digit images'])
  })
})

describe('three dimensions', () => {
  const scatter = () => page.getByRole('application', { name: /feature representation/ })
  const places = async () => (await savedSvg(page)).markers.map(({ x, y }) => [x, y])

  test('turn with the arrow keys as the rotation says, near points over far ones', async () => {
    await button('3 dimensions').click()
    await page.getByText(/^These 3 components hold/).waitFor()
    const flat = (await savedSvg(page)).markers
    const scores = bruteForce(3).map(one => one.scores)
    const sign = (k: number, px: readonly number[]) => Math.sign(fitted(scores[k]!, px).slope)
    const right = sign(
      0,
      flat.map(({ x }) => x),
    )
    const up = -sign(
      1,
      flat.map(({ y }) => y),
    )
    await scatter().focus()
    await page.keyboard.press('t')
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown'])
      await page.keyboard.press(key)
    await page.getByRole('img', { name: 'Directions of the three axes' }).waitFor()
    const svg = await savedSvg(page)
    expect(svg.texts('horizontal-axis')).toContain('Across, turned')
    expect(
      svg
        .texts('directions')
        .filter((_, i) => i % 2 === 1)
        .sort(),
    ).toEqual(['PC 1', 'PC 2', 'PC 3'])
    // 45 degrees about the upright axis, then 30 about the level one; the third component's sign is free.
    const [ca, sa, cd, sd] = [Math.SQRT1_2, Math.SQRT1_2, Math.sqrt(3) / 2, 0.5]
    const worst = [1, -1].map(third => {
      const turned = scores[0]!.map((_, i) => {
        const [x, y, z] = [right * scores[0]![i]!, up * scores[1]![i]!, third * scores[2]![i]!]
        const away = sa * x + ca * z
        return { x: ca * x - sa * z, y: cd * y + sd * away, away: cd * away - sd * y }
      })
      turned.sort((a, b) => b.away - a.away)
      const across = fitted(
        turned.map(one => one.x),
        svg.markers.map(one => one.x),
      )
      const upwards = fitted(
        turned.map(one => one.y),
        svg.markers.map(one => one.y),
      )
      return Math.max(across.worst, upwards.worst)
    })
    expect(svg.markers).toHaveLength(200)
    expect(Math.min(...worst)).toBeLessThan(0.05)
  })

  test('turn with a drag of the tool, back with Home, and to a side with its button', async () => {
    await scatter().focus()
    await page.keyboard.press('Home')
    const front = await places()
    const box = (await scatter().boundingBox())!
    await page.mouse.move(box.x + 200, box.y + 200)
    await page.mouse.down()
    await page.mouse.move(box.x + 260, box.y + 240, { steps: 5 })
    await page.mouse.up()
    expect(await places()).not.toEqual(front)
    await scatter().focus()
    await page.keyboard.press('Home')
    expect(await places()).toEqual(front)
    await button('Side').click()
    // Half of a half turn moves what was away to the right, and leaves heights as they are.
    const heights = (all: number[][]) => all.map(([, y]) => y!).sort((a, b) => a - b)
    const side = await places()
    for (const [i, y] of heights(side).entries()) expect(y).toBeCloseTo(heights(front)[i]!, 1)
    expect(side).not.toEqual(front)
    await button('2 dimensions').click()
    expect(await button(/^Turn/).count()).toBe(0)
  })
})

describe('UMAP of eight features', () => {
  const positions = async () => (await savedSvg(page)).markers
  const made = () => page.getByText('Made of all 200 points.').waitFor({ timeout: long })

  test('can be cancelled, completes, and is the same again for the same seed', async () => {
    await button('UMAP').click()
    await page.getByText(/^Takes about .* for these 200 points\.$/).waitFor()
    // Many neighbours take long enough to be cancelled.
    const neighbours = page.getByRole('textbox', { name: 'Neighbours' })
    await neighbours.fill('150')
    await button('Make UMAP').click()
    await button('Cancel UMAP').click()
    await neighbours.fill('15')
    await button('Make UMAP').click()
    await made()
    const first = await positions()
    expect(first).toHaveLength(200)
    await page.getByRole('textbox', { name: 'Seed' }).fill('2')
    await button('Make again').click()
    await button('Cancel UMAP').waitFor({ state: 'hidden', timeout: long })
    const other = await positions()
    expect(other).not.toEqual(first)
    await page.getByRole('textbox', { name: 'Seed' }).fill('1')
    await button('Make again').click()
    await button('Cancel UMAP').waitFor({ state: 'hidden', timeout: long })
    expect(await positions()).toEqual(first)
  })

  test('is refused in words for settings that cannot be', async () => {
    await page.getByRole('textbox', { name: 'Neighbours' }).fill('1')
    await page.getByText('Neighbours must be a whole number from 2 to 200.').waitFor()
    expect(await button('Make again').isDisabled()).toBe(true)
  })
})

test('the page had nothing to complain of, its policy included', () => {
  expect(faults).toEqual([])
})
