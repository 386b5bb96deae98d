import { mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { readNotes } from '../../src/main/engine/runs/library/run-notes.ts'
import { openRun, saveRun } from '../../src/main/engine/runs/run-folder.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { madeRun } from '../support/saved-run.ts'
import { field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

const long = 60_000

let app: RunningApp
let browser: Browser
let page: Page
/** Trained in the window, the first with seed 1. */
const trained: string[] = []
const faults: string[] = []

const go = (view: string) => page.getByRole('button', { name: view, exact: true }).click()
const row = (name: string): Locator =>
  page.locator('tr.run').filter({ has: page.getByRole('button', { name, exact: true }) })
const titles = () => page.locator('tr.run .name').allInnerTexts()

async function openPage(): Promise<Page> {
  const [context] = browser.contexts()
  const opened = await (
    context ?? (await browser.newContext({ viewport: { width: 1280, height: 800 } }))
  ).newPage()
  opened.setDefaultTimeout(15_000)
  opened.on('pageerror', error => faults.push(error.message))
  await opened.goto(app.url)
  await opened.getByText('Connected', { exact: true }).waitFor({ timeout: long })
  return opened
}

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  page = await openPage()
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})
beforeEach(() => {
  faults.length = 0
})

describe('the runs in the window', () => {
  test('before the first run, what will be listed is told', async () => {
    await go('Runs')
    await page.getByText('No runs yet.').waitFor()
    await go('Training')
  })

  test('each training is listed with its picture and quality, newest first', async () => {
    for (const seed of [1, 2]) {
      await fillSmallJob(page, 12)
      await field(page, 'Seed').fill(String(seed))
      const before = trained.at(-1) ?? ''
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
      trained.push(folder)
    }
    await go('Runs')
    const [first, second] = trained as [string, string]
    await row(basename(second)).waitFor()
    expect(await titles()).toEqual([basename(second), basename(first)])
    const { quality } = (await openRun(first)).config
    expect(await row(basename(first)).innerText()).toContain(
      `${(100 * (quality.knnAccuracy ?? 0)).toFixed(1)}%`,
    )
    const drawn = await row(basename(first))
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
        return Array.from(pixels ?? []).filter((value, i) => i % 4 === 3 && value > 0).length
      })
    expect(drawn).toBeGreaterThan(50)
  })

  test('a title, tags and a note are kept in the run, and found', async () => {
    const [first] = trained as [string]
    await row(basename(first)).getByRole('button').click()
    await page.getByLabel('Title').fill('The first')
    await page.getByLabel('Tags').fill('baseline, small')
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('With a seed of one.')
    await page.getByLabel('Title').focus()
    await row('The first').waitFor()
    await vi.waitFor(async () =>
      expect(await readNotes(first)).toEqual({
        title: 'The first',
        note: 'With a seed of one.',
        tags: ['baseline', 'small'],
      }),
    )
    await page.getByRole('searchbox').fill('baseline SEED')
    await page.getByText('1 of 2 runs').waitFor()
    expect(await titles()).toEqual(['The first'])
    await page.getByRole('searchbox').fill('')
  })

  test('a run is opened by the keyboard, and shows all of itself', async () => {
    const [first] = trained as [string]
    await row('The first').getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.getByText('Saved run', { exact: true }).waitFor()
    await vi.waitFor(async () => expect((await page.locator('.result code').innerText()).trim()).toBe(first))
    const { losses } = await openRun(first)
    await vi.waitFor(async () => {
      const summary = await page.locator('#loss-summary').textContent()
      expect(summary).toContain(`${losses.length}`)
    })
    expect(await page.locator('.stage canvas.blank').count()).toBe(0)
  })

  test('a run is exported for other tools, with the keyboard', async () => {
    const [first] = trained as [string]
    await go('Runs')
    await row('The first').getByRole('button').click()
    const exported = async (label: string) => {
      await page.getByRole('button', { name: 'Export', exact: true }).focus()
      await page.keyboard.press('Enter')
      const item = page.getByRole('menuitem', { name: label })
      await item.focus()
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: long }),
        page.keyboard.press('Enter'),
      ])
      await page.getByRole('button', { name: 'Export', exact: true }).waitFor({ timeout: long })
      return { name: download.suggestedFilename(), file: await readFile(await download.path()) }
    }
    const run = await openRun(first)
    const table = await exported('CSV')
    expect(table.name).toBe(`${basename(first)} csv.csv`)
    const lines = table.file.toString('utf8').trim().split('\n')
    expect(lines).toHaveLength(1 + run.train.labels.length + run.test.labels.length)
    const model = await exported('TensorFlow.js')
    expect(model.name).toMatch(/\.zip$/)
    const files = unzipSync(model.file)
    expect(Object.keys(files)).toContain('model.json')
    const projector = await exported('Embedding Projector')
    expect(Object.keys(unzipSync(projector.file))).toContain('sprite.png')
    const report = await exported('Report')
    expect(report.name).toBe(`${basename(first)} report.html`)
    expect(report.file.toString('utf8')).toContain('<div class="thumb">')
    expect(faults).toEqual([])
    await go('Training')
  })

  test('a duplicate fills the form and leaves the run as it is', async () => {
    await fillSmallJob(page, 99)
    await field(page, 'Seed').fill('77')
    await go('Runs')
    await row('The first').getByRole('button').click()
    await page.getByRole('button', { name: 'Duplicate with changes' }).click()
    await page.getByText('Change some, then press Train').waitFor()
    expect(await field(page, 'Iterations').inputValue()).toBe('12')
    expect(await field(page, 'Seed').inputValue()).toBe('1')
    expect(await field(page, 'Training images').inputValue()).toBe('500')
  })

  test('two are compared: losses, what differs, quality', async () => {
    await go('Runs')
    await row('The first').getByRole('checkbox').check()
    await row(basename(trained[1] as string))
      .getByRole('checkbox')
      .check()
    await page.getByRole('heading', { name: '2 runs compared' }).waitFor()
    const differs = page
      .locator('.comparison tr')
      .filter({ has: page.getByRole('rowheader', { name: 'Seed' }) })
    await differs.waitFor()
    expect(await differs.locator('td').allInnerTexts()).toEqual(['1', '2'])
    expect(await page.locator('.comparison tr', { hasText: '5-NN accuracy' }).locator('td').count()).toBe(2)
    expect(await page.locator('.comparison').getByRole('rowheader', { name: 'Margin' }).count()).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Done' }).click()
  })

  test('a deleted run lies in the bin, and comes back by Undo', async () => {
    await row('The first').getByRole('button').focus()
    await page.keyboard.press('Delete')
    await page.getByText('“The first” was moved to the bin: ').waitFor()
    expect(await titles()).toEqual([basename(trained[1] as string)])
    expect(await readdir(join(app.dataFolder, 'bin'))).toHaveLength(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await row('The first').waitFor()
    expect((await openRun(trained[0] as string)).config.hyperparameters.seed).toBe(1)
  })

  test('of many runs only those in sight are in the page; sorted, damaged ones told of', async () => {
    const runs = join(app.dataFolder, 'runs')
    for (let i = 0; i < 40; i++)
      await saveRun(join(runs, `many ${i}`), madeRun({ knnAccuracy: i / 100, hyperparameters: { seed: i } }))
    await mkdir(join(runs, 'broken'))
    await go('Training')
    await go('Runs')
    await page.getByText('43 runs').waitFor()
    expect(await page.locator('tr.run').count()).toBeLessThan(30)
    await page.getByRole('button', { name: '5-NN accuracy' }).click()
    await page.getByRole('button', { name: '5-NN accuracy' }).click()
    await page.locator('tr.run .name').first().focus()
    await vi.waitFor(async () => expect((await titles())[0]).toBe('many 0'))
    await page.keyboard.press('End')
    await row('broken').waitFor()
    await page.getByText(/manifest\.json is missing/).waitFor()
    await row('broken').getByText('Cannot be read').waitFor()
  })

  test('the run that was open is opened again by the next window of a new engine', async () => {
    const [first] = trained as [string]
    const second = await startApp({ TWINLENS_DATA: app.dataFolder })
    const other = await (browser.contexts()[0] as ReturnType<Browser['contexts']>[number]).newPage()
    try {
      await other.goto(second.url)
      await other.getByText('Saved run', { exact: true }).waitFor({ timeout: long })
      expect((await other.locator('.result code').innerText()).trim()).toBe(first)
    } finally {
      await other.close()
      await second.close()
    }
  })

  test('nothing failed in the page', () => {
    expect(faults).toEqual([])
  })
})
