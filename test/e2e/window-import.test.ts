import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { digitFolder } from '../support/digit-folder.ts'
import { lookInto } from '../support/import-sheet.ts'
import { colourFolder } from '../support/picture-folder.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import { openWindow } from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
const folders: string[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

test('a folder a class of digits with a broken file: counts as made, the reason told, a cancel leaves nothing', async () => {
  const { folder, files } = await digitFolder(
    app,
    Array.from({ length: 120 }, (_, i) => i),
  )
  folders.push(folder)
  await writeFile(join(folder, '7', 'broken.png'), 'this is no picture')
  await lookInto(page, folder)

  const classes = await page.getByRole('list', { name: 'Images of each class' }).getByRole('listitem').all()
  const told = await Promise.all(classes.map(async one => (await one.innerText()).match(/\d+/g)?.map(Number)))
  const made = (label: number) => files.filter(file => file.label === label).length
  expect(told.map(row => row?.[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  const sums = told.map(row => (row?.[1] ?? 0) + (row?.[2] ?? 0))
  // Whether the broken one decodes is known once every picture is read.
  const beyond = sums.map((sum, label) => sum - made(label))
  expect(beyond.filter((_, label) => label !== 7)).toEqual(Array(9).fill(0))
  expect([0, 1]).toContain(beyond[7])
  expect(await page.getByRole('list', { name: 'Sample images' }).locator('canvas').count()).toBeGreaterThan(9)

  const samples = page.getByRole('list', { name: 'Sample images' })
  const [name] = (await samples.getByRole('listitem').first().getAttribute('title'))?.split('\n') ?? []
  await samples.getByRole('img', { name: `${name} as it is` }).waitFor()
  await samples.getByRole('img', { name: `${name} as the network will see it` }).waitFor()

  const axe = () =>
    new AxeBuilder({ page }).include('.import-sheet').withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect((await axe()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
  await press('Close')
  expect(await readdir(join(app.dataFolder, 'datasets')).catch(() => [])).toEqual([])

  await lookInto(page, folder)
  await press('Import')
  await page
    .getByRole('region', { name: 'Skipped' })
    .getByText(/broken\.png/)
    .waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), press('Save list…')])
  expect(await readFile(await download.path(), 'utf8')).toMatch(/^name,reason\n.*broken\.png,/)
  await press('Done')
  const panel = page.getByRole('region', { name: 'Data', exact: true })
  await panel.getByText('28 × 28 px').waitFor()
})

test('pictures that are on both sides of the split are shown side by side, with where they lie', async () => {
  const folder = await colourFolder(['a', 'b'], 8, { seed: 9 })
  folders.push(folder)
  const files = ['a', 'b'].flatMap(label => Array.from({ length: 8 }, (_, i) => [label, i] as const))
  for (const [label, i] of files)
    await copyFile(join(folder, label, `${i}.png`), join(folder, label, `copy ${i}.png`))
  await lookInto(page, folder)
  await press('Import')
  const pairs = page.getByRole('list', { name: 'Pairs that are nearly the same' })
  await pairs.waitFor()
  const shown = await pairs.getByRole('listitem').all()
  expect(shown.length).toBeGreaterThan(0)
  for (const pair of shown) {
    const names = await pair
      .getByRole('img')
      .evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
    const [test, train] = names.map(label => /^(?:Test|Training) image (.*)$/.exec(label)?.[1] ?? '')
    expect(names).toEqual([`Test image ${test}`, `Training image ${train}`])
    const bytes = await Promise.all([test, train].map(name => readFile(join(folder, name ?? ''))))
    expect(bytes[0]).toEqual(bytes[1])
  }
  const axe = await new AxeBuilder({ page })
    .include('.import-sheet')
    .withTags(['wcag2a', 'wcag2aa'])
    .analyze()
  expect(axe.violations.map(({ id }) => id)).toEqual([])
  const region = page.getByRole('region', { name: 'Near-duplicates' })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    region.getByRole('button', { name: 'Save list…' }).click(),
  ])
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\n')
  expect(rows).toHaveLength(1 + shown.length)
  await press('Done')
})

test('three classes in colour: imported, trained, and searched like by brute force', async () => {
  const folder = await colourFolder(['blue sky', 'green', 'red'], 20)
  folders.push(folder)
  await lookInto(page, folder)
  await press('Import')
  await press('Done')
  const panel = page.getByRole('region', { name: 'Data', exact: true })
  await panel.getByText(/px, colour/).waitFor()

  await page.getByRole('textbox', { name: 'Iterations' }).fill('40')
  await page.getByRole('textbox', { name: 'Batch size' }).fill('20')
  await press('Train')
  await page.locator('.result code').waitFor({ timeout: 60_000 })
  const { client, close } = await connectClient(app.url)
  const [set] = await client.dataSets(undefined)
  expect(set?.dataSet).toMatchObject({ channels: 3, classes: ['blue sky', 'green', 'red'] })
  const { testLabels } = await client.openData({ kind: 'imported', id: set?.id ?? '' })
  let points: { values: Float32Array; size: number } | null = null
  for await (points of client.points(undefined)) break
  close()
  if (points === null) throw new Error('The engine has no points.')

  await press('Random test image')
  const query = await page
    .getByText(/^Test image \d+$/)
    .first()
    .innerText()
  const index = Number(/\d+/.exec(query)?.[0])
  const at = (i: number, k: number) => points.values[i * points.size + k] as number
  const distance = (i: number) =>
    Math.hypot(...Array.from({ length: points.size }, (_, k) => at(i, k) - at(index, k)))
  const nearest = Array.from(testLabels.keys())
    .filter(i => i !== index)
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .slice(0, 9)
  const hits = page.getByRole('button', { name: /^\d+: class .*, distance .*, test image \d+$/ })
  await hits.nth(8).waitFor()
  const shown = await hits.evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
  expect(shown.map(label => Number(/test image (\d+)$/.exec(label)?.[1]))).toEqual(nearest)
  const classOf = (i: number) => ['blue sky', 'green', 'red'][testLabels[i] as number]
  expect(shown.map(label => /class (.*), distance/.exec(label)?.[1])).toEqual(nearest.map(classOf))
})

test('what is open last is open at the next start; the list renames, goes back to the digits and removes', async () => {
  await page.reload()
  const panel = page.getByRole('region', { name: 'Data', exact: true })
  await panel.getByText(/px, colour/).waitFor({ timeout: 30_000 })
  await panel.getByTitle('Other data sets').click()
  const sets = panel.getByRole('list', { name: 'Data sets' })
  await expect.poll(() => sets.getByRole('listitem').count()).toBe(4)
  await sets.getByRole('button', { name: /^Digits/ }).click()
  await panel.getByText('28 × 28 px').waitFor()
  await sets
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click()
  await sets.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect.poll(() => sets.getByRole('listitem').count()).toBe(3)
  const library = join(app.dataFolder, 'datasets')
  expect(await readdir(library)).toHaveLength(2)
  await page.getByText(/was moved to the bin/).waitFor()
  await press('Undo')
  await expect.poll(() => sets.getByRole('listitem').count()).toBe(4)
  expect(await readdir(library)).toHaveLength(3)
  expect(await readdir(join(app.dataFolder, 'bin', 'datasets'))).toEqual([])
  expect(faults).toEqual([])
})
