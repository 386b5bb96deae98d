import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { importFolder } from '../support/import-sheet.ts'
import { colourFolder } from '../support/picture-folder.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import { openWindow } from './explore-page.ts'

const small = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, iterations: 30 }

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let folder: string

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  folder = await colourFolder(['blue sky', 'green', 'red'], 20)
  ;({ page, faults } = await openWindow(browser, app.url))
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
  await rm(folder, { recursive: true, force: true })
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

/** Trains on what is in the library, then removes it. @returns the run's folder and what its points are */
async function trainedAndRemoved(): Promise<{ name: string; id: string; values: Float32Array }> {
  const { client, close } = await connectClient(app.url)
  const [set] = await client.dataSets(undefined)
  if (set === undefined) throw new Error('Nothing was imported.')
  const { id } = set
  const { training } = await client.start({
    hyperparameters: small,
    data: { kind: 'imported', id },
    warmFrom: null,
  })
  let run: string | null = null
  for await (const state of client.training(undefined)) {
    if (state.training !== training || state.phase !== 'done') continue
    run = state.folder
    break
  }
  const { values } = await client.moment({ kind: 'now' })
  await client.openData({ kind: 'digits', trainCount: 500, testCount: 200 })
  await client.removeDataSet({ id })
  close()
  if (run === null) throw new Error('Nothing was saved.')
  return { name: basename(run), id, values }
}

test('a run whose data set is removed opens with its points, losses and quality, says what is missing, and has its pictures again after an import', async () => {
  await importFolder(page, folder)
  const panel = page.getByRole('region', { name: 'Data', exact: true })
  await panel.getByText(/px, colour/).waitFor()
  const { name, id, values } = await trainedAndRemoved()

  await press('Runs')
  const row = page.locator('tr.run').filter({ has: page.getByRole('button', { name, exact: true }) })
  await row.getByRole('button').focus()
  await page.keyboard.press('Enter')
  const banner = page.getByRole('region', { name: 'Missing pictures' })
  await banner.getByText(/Imported again with the same options \(.* px, in colour\)/).waitFor()
  await page.getByText('Saved run', { exact: true }).waitFor()
  const { client, close } = await connectClient(app.url)
  expect((await client.moment({ kind: 'now' })).values).toEqual(values)
  await expect.poll(() => page.locator('#loss-summary').textContent()).toContain('30')
  expect(await page.locator('.stage canvas.blank').count()).toBe(0)
  await panel.getByText('Its pictures are missing.').waitFor()

  // What needs no pictures goes on: where an image lies, and what is near it.
  await press('Random test image')
  const hits = page.getByRole('button', { name: /^\d+: class .*, distance .*, test image \d+$/ })
  await hits.nth(8).waitFor()
  await page
    .getByRole('img', { name: /The pictures of this run are missing/ })
    .first()
    .waitFor()
  await press('Quality')
  await page
    .getByText(/5-NN accuracy/)
    .first()
    .waitFor()
  await press('Explorer')
  await page.locator('.marks').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await press('Training')
  await banner.getByRole('button', { name: 'Look again' }).click()
  await page.getByText('Looked again: the pictures are still missing.').waitFor()
  await importFolder(page, folder)
  await expect.poll(() => banner.innerText()).toBe('')
  await panel.getByRole('list', { name: 'Nine random training images' }).locator('li').nth(8).waitFor()
  expect(await client.openData(null)).toMatchObject({ id, missing: null })
  expect((await client.moment({ kind: 'now' })).values).toEqual(values)
  close()
  expect(faults).toEqual([])
})
