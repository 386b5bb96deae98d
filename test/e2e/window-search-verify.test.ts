import { readFile, rm } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import type { Rates } from '../../src/shared/contract.ts'
import { launchBrowser } from '../support/browser.ts'
import { type DigitFile, digitFolder } from '../support/digit-folder.ts'
import { openSearchWindow, type SearchWindow, trainedRun, unfold } from '../support/search-window.ts'
import { type RunningApp, startApp } from '../support/window.ts'

let app: RunningApp
let browser: Browser
let window: SearchWindow
let run: Run
const folders: { folder: string; files: DigitFile[] }[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  window = await openSearchWindow(app, browser)
  run = await trainedRun(window.page)
  folders.push(await digitFolder(app, [1, 5, 9, 30, 77]), await digitFolder(app, [2, 6, 10, 31, 78, 100]))
  await window.page.getByRole('tab', { name: 'Compare' }).click()
})
afterAll(async () => {
  await Promise.all(folders.map(({ folder }) => rm(folder, { recursive: true, force: true })))
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

/** Every pair of the two folders, nearest first, by the run's own points. */
function pairs(): { first: string; second: string; distance: number }[] {
  const { values, size } = run.test.embedding
  const distance = (a: number, b: number): number =>
    Math.hypot(...Array.from({ length: size }, (_, k) => values[a * size + k]! - values[b * size + k]!))
  const [first, second] = folders.map(({ files }) => files) as [DigitFile[], DigitFile[]]
  return first
    .flatMap(a => second.map(b => ({ first: a.path, second: b.path, distance: distance(a.index, b.index) })))
    .sort((a, b) => a.distance - b.distance)
}

test('the threshold comes with the run’s own error rates, and they follow it', async () => {
  const rates = (): Rates =>
    window.exchanges.findLast(({ method }) => method === 'errorRates')?.value as Rates
  const words = window.panel.getByText(/^At this threshold the run takes/)
  await words.waitFor()
  expect(rates().threshold).toBeCloseTo(run.config.quality?.eerThreshold ?? Number.NaN, 6)
  const before = await words.innerText()
  const slider = window.panel.getByRole('slider')
  await slider.focus()
  await window.page.keyboard.press('End')
  await expect.poll(() => words.innerText()).not.toBe(before)
  await expect.poll(() => rates().falseReject).toBe(0)
  expect(await words.innerText()).toContain('0.0% of similar ones for dissimilar')
  await window.panel.getByRole('button', { name: 'Back to the preset' }).click()
  await expect.poll(() => words.innerText()).toBe(before)
})

test('two folders: best matches and all pairs equal brute force, and the file holds them', async () => {
  const part = await unfold(window.panel, 'Two folders')
  for (const [i, name] of ['Folder A', 'Folder B'].entries()) {
    const [chooser] = await Promise.all([
      window.page.waitForEvent('filechooser'),
      part.getByRole('group', { name }).getByRole('button', { name: 'Folder…' }).click(),
    ])
    await chooser.setFiles(folders[i]?.folder ?? '')
    await part
      .getByRole('group', { name })
      .getByText(/\d pictures$/)
      .waitFor()
  }
  const all = pairs()
  const best = folders[0]!.files
    .map(({ path }) => all.find(({ first }) => first === path)!)
    .sort((a, b) => a.distance - b.distance)
  const threshold = run.config.quality?.eerThreshold ?? Number.NaN
  const similar = (some: readonly { distance: number }[]): number =>
    some.filter(({ distance }) => distance <= threshold).length
  const rows = part.getByRole('row')
  await part.getByText(`${similar(best)} of 5 pictures of A have a similar one in B`).waitFor()
  const shown = await rows.evaluateAll(all =>
    all.slice(1).map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent)),
  )
  expect(shown.map(([first, second]) => [first, second])).toEqual(
    best.map(({ first, second }) => [first, second]),
  )
  expect(shown.map(cells => cells[3])).toEqual(
    best.map(({ distance }) => (distance <= threshold ? 'similar' : 'dissimilar')),
  )
  await part.getByRole('combobox', { name: 'Compare' }).selectOption('all')
  await part.getByText(`${similar(all)} of 30 pairs are similar`).waitFor()
  const [download] = await Promise.all([
    window.page.waitForEvent('download'),
    part.getByRole('button', { name: 'CSV' }).click(),
  ])
  const table = parse(await readFile(await download.path(), 'utf8'), { columns: true }) as Record<
    string,
    string
  >[]
  expect(table.map(row => [row['first'], row['second']])).toEqual(
    all.map(({ first, second }) => [first, second]),
  )
  for (const [i, row] of table.entries()) {
    expect(Number(row['distance'])).toBeCloseTo(all[i]!.distance, 4)
    expect(row['verdict']).toBe(all[i]!.distance <= threshold ? 'similar' : 'dissimilar')
  }
  expect(window.faults).toEqual([])
})
