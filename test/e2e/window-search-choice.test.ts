import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import type { Found, Query } from '../../src/shared/contract.ts'
import { launchBrowser } from '../support/browser.ts'
import { type DigitFile, digitFolder } from '../support/digit-folder.ts'
import {
  openSearchWindow,
  type SearchWindow,
  shownIndices,
  sorted,
  trainedRun,
  unfold,
} from '../support/search-window.ts'
import { type RunningApp, startApp } from '../support/window.ts'

let app: RunningApp
let browser: Browser
let window: SearchWindow
let run: Run
let folder: string
let files: DigitFile[]

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  window = await openSearchWindow(app, browser)
  run = await trainedRun(window.page)
  ;({ folder, files } = await digitFolder(app, [3, 7, 8, 21, 34, 55, 60, 89, 90, 111, 120, 144]))
  await writeFile(join(folder, 'notes.txt'), 'no picture')
  await unfold(window.panel, 'What is searched')
  await window.panel.getByRole('button', { name: 'Random test image' }).click()
  await window.panel.getByRole('button', { name: /^9: class/ }).waitFor()
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

type Asked = { readonly query: Query; readonly found: Found }
const last = (): Asked => {
  const { input, value } = window.exchanges.findLast(({ method }) => method === 'search') ?? {}
  return { query: (input as { query: Query }).query, found: value as Found }
}
/** The test image that is the query. */
const asked = (): number => {
  const { query } = last()
  if (query.kind !== 'test') throw new Error('The query is no test image.')
  return query.index
}
const answered = async (ask: () => Promise<unknown>): Promise<void> => {
  const before = window.exchanges.length
  await ask()
  await expect.poll(() => window.exchanges.slice(before).some(({ method }) => method === 'search')).toBe(true)
}
const nearest = (count: number, mayBeFound: (index: number) => boolean = () => true): number[] =>
  sorted(run.test.embedding.values, last().found.query.point, i => i !== asked() && mayBeFound(i))
    .slice(0, count)
    .map(({ index }) => index)

describe('what is searched', () => {
  const choose = (name: string) => window.panel.getByLabel('Search in').selectOption(name)
  beforeEach(async () => {
    await choose('test')
    await window.panel.getByRole('button', { name: 'All', exact: true }).click()
    await window.panel.getByLabel('Neighbours', { exact: true }).fill('9')
    await window.panel.getByLabel('Neighbours', { exact: true }).press('Enter')
    const tiles = window.panel.getByRole('button', { name: /^\d+: class .*test image \d+$/ })
    await tiles.nth(9).waitFor({ state: 'detached' })
    await tiles.nth(8).waitFor()
  })

  test.each([1, 40, 100])('%i neighbours, each where brute force has it', async count => {
    const field = window.panel.getByLabel('Neighbours', { exact: true })
    await answered(async () => {
      await field.fill(String(count))
      await field.press('Enter')
    })
    expect(await shownIndices(window.panel, count)).toEqual(nearest(count))
  })

  test('only the classes that are chosen', async () => {
    for (const name of ['Class 3', 'Class 5'])
      await answered(() => window.panel.getByRole('button', { name, exact: true }).click())
    const wanted = new Set([3, 5])
    await expect
      .poll(() => shownIndices(window.panel))
      .toEqual(nearest(9, index => wanted.has(run.test.labels[index] as number)))
  })

  test('the nearest of another class and the farthest of its own stand beside them', async () => {
    const indexOf = async (name: RegExp): Promise<number> => {
      const label = await window.panel.getByRole('button', { name }).getAttribute('aria-label')
      return Number(/image (\d+)$/.exec(label ?? '')?.[1])
    }
    const own = run.test.labels[asked()]
    const all = sorted(run.test.embedding.values, last().found.query.point, i => i !== asked())
    const other = all.find(({ index }) => run.test.labels[index] !== own)
    const farthest = all.findLast(({ index }) => run.test.labels[index] === own)
    expect(await indexOf(/^Nearest of another class/)).toBe(other?.index)
    expect(await indexOf(/^Farthest of its own class/)).toBe(farthest?.index)
  })

  test('training images, and both at once', async () => {
    await answered(() => choose('train'))
    const point = last().found.query.point
    const train = sorted(run.train.embedding.values, point)
    await expect.poll(() => shownIndices(window.panel)).toEqual(train.slice(0, 9).map(({ index }) => index))
    await answered(() => choose('both'))
    const test = sorted(run.test.embedding.values, point, i => i !== asked())
    const expected = [...train, ...test].map(({ distance }) => distance).sort((a, b) => a - b)
    const { distances } = last().found.neighbours
    for (const [i, distance] of distances.entries()) expect(distance).toBeCloseTo(expected[i] as number, 4)
    await window.panel
      .getByRole('button', { name: /, training image \d+$/ })
      .first()
      .waitFor()
  })

  test('a folder, whose pictures keep their names and have their folders’ classes', async () => {
    await answered(async () => {
      const [chooser] = await Promise.all([
        window.page.waitForEvent('filechooser'),
        window.panel.getByRole('button', { name: 'Folder…' }).click(),
      ])
      await chooser.setFiles(folder)
    })
    const among = sorted(run.test.embedding.values, last().found.query.point, index =>
      files.some(file => file.index === index),
    )
    const tiles = window.panel.getByRole('button', { name: /^\d+: class .*\.png$/ })
    await expect.poll(() => tiles.count()).toBe(9)
    const labels = await tiles.evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
    expect(labels.map(label => /class (\S+), .*, (\S+)$/.exec(label)?.slice(1))).toEqual(
      among.slice(0, 9).map(({ index }) => {
        const file = files.find(one => one.index === index)
        return [String(file?.label), file?.path]
      }),
    )
    await window.panel.getByText('1 file is no picture.').waitFor({ state: 'attached' })
    // One of them becomes the query.
    await answered(() => tiles.nth(2).click())
    expect(last().query).toMatchObject({ kind: 'member' })
    await window.panel
      .getByText(among[2] === undefined ? '' : pathOf(among[2].index), { exact: true })
      .first()
      .waitFor()
  })

  const pathOf = (index: number): string => files.find(file => file.index === index)?.path ?? ''
})

describe('several pictures at once', () => {
  test('are a row each, what is wrong with one in words, and a row becomes the query', async () => {
    await window.panel.getByLabel('Search in').selectOption('test')
    const brought = files.slice(0, 3).map(({ path, png }) => ({
      name: path.replace('/', '-'),
      mimeType: 'image/png',
      buffer: png,
    }))
    const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }
    const [chooser] = await Promise.all([
      window.page.waitForEvent('filechooser'),
      window.panel.getByRole('button', { name: 'Open picture…' }).click(),
    ])
    await chooser.setFiles([brought[0]!, broken, ...brought.slice(1)])
    await window.panel.getByText('4 pictures, 1 could not be used').waitFor()
    const { values, size } = run.test.embedding
    for (const [i, { name }] of brought.entries()) {
      const { index } = files[i] as DigitFile
      const point = values.subarray(index * size, (index + 1) * size)
      const row = window.panel.getByRole('list', { name: `Nearest to ${name}` })
      const labels = await row
        .getByRole('button')
        .evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
      // The picture is a test image itself: it is its own nearest.
      expect(labels.map(label => Number(/image (\d+)$/.exec(label)?.[1]))).toEqual(
        sorted(values, point)
          .slice(0, 9)
          .map(found => found.index),
      )
    }
    await window.panel.getByText(/broken\.png: it is not a picture/).waitFor()
    await answered(() =>
      window.panel.getByRole('button', { name: `Search with ${brought[1]?.name}` }).click(),
    )
    await window.panel.getByRole('img', { name: `${brought[1]?.name}, as the network sees it` }).waitFor()
    expect(window.faults).toEqual([])
  })
})

test('the mean of a selection is a query', async () => {
  const { page } = window
  await page.getByRole('button', { name: 'Explorer', exact: true }).click()
  await page.getByRole('button', { name: 'Box', exact: true }).click()
  const box = await page.getByRole('application').last().boundingBox()
  if (box === null) throw new Error('There is no scatter.')
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.55, { steps: 5 })
  await page.mouse.up()
  await answered(() => window.panel.getByRole('button', { name: /selection’s mean/ }).click())
  const { found, query } = last()
  if (query.kind !== 'mean') throw new Error('The query is no mean.')
  expect(query.indices.length).toBeGreaterThan(1)
  const { values, size } = run.test.embedding
  const mean = [...Array(size).keys()].map(
    k => query.indices.reduce((sum, i) => sum + (values[i * size + k] as number), 0) / query.indices.length,
  )
  for (const [k, value] of mean.entries()) expect(found.query.point[k]).toBeCloseTo(value, 4)
  expect(await shownIndices(window.panel)).toEqual(
    sorted(values, found.query.point, index => !query.indices.includes(index))
      .slice(0, 9)
      .map(({ index }) => index),
  )
})
