import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { planRuns } from '../../src/main/engine/sweeps/plan-runs.ts'
import { createSweep, writeResults } from '../../src/main/engine/sweeps/sweep-folder.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { type RunningApp, startApp } from '../support/window.ts'

let app: RunningApp
let browser: Browser
let page: Page
const faults: string[] = []

/** Of twelve planned runs ten are done; the accuracy is known by the values. */
async function makeSweep(): Promise<void> {
  process.env['TWINLENS_DATA'] = app.dataFolder
  const request = {
    base: defaults,
    axes: [
      { kind: 'list' as const, name: 'margin', values: [0.3, 1, 2] },
      { kind: 'list' as const, name: 'hiddenSizes', values: [[64], [64, 32]] },
    ],
    choice: { kind: 'grid' as const },
    seeds: [1, 2],
    validation: 0.2,
  }
  const runs = planRuns('trial', request)
  const source = { kind: 'digits' as const, trainCount: 500, testCount: 200 }
  const folder = await createSweep({
    schemaVersion: 1,
    name: 'trial',
    created: '2026-01-02T03:04:05.678Z',
    request,
    data: { name: 'digits', source, fingerprint: 'abc', corrections: [] },
    runs,
  })
  const results = runs.slice(0, 10).map(({ run, values, seed }) => ({
    run,
    iterations: 25,
    seconds: 1,
    quality: {
      knnAccuracy: 0.5 + 0.1 * Number(values['margin']) + 0.02 * seed,
      precisionAt9: 0.5,
      auc: 0.9,
      eer: 0.1,
      eerThreshold: 1,
    },
    fault: null,
  }))
  await writeResults(folder, results)
}

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', error => faults.push(error.message))
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Runs', exact: true }).click()
  await page.getByRole('tab', { name: 'Sweeps' }).click()
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const rows = () => page.locator('.sweeps tbody tr')

describe('sweeps in the window', () => {
  test('before the first, how to start one is told', async () => {
    await page.getByText('No sweeps yet.').waitFor()
    await page.getByRole('button', { name: 'New sweep …' }).waitFor()
  })

  test('a sweep is shown as it stands: a table, the best first, and how to go on', async () => {
    await makeSweep()
    await page.getByRole('tab', { name: 'Saved runs' }).click()
    await page.getByRole('tab', { name: 'Sweeps' }).click()
    await page.getByText('10 of 12 runs done').waitFor()
    expect(await rows().count()).toBe(6)
    const first = await rows().first().locator('td').allInnerTexts()
    expect(first).toEqual([
      '2',
      '64',
      '0.7300 ± 0.0141',
      '0.5000 ± 0.0000',
      '0.9000 ± 0.0000',
      '0.1000 ± 0.0000',
      '2 of 2',
    ])
    expect((await rows().last().locator('td').allInnerTexts()).at(-1)).toBe('0 of 2')
    await page.getByRole('button', { name: 'Resume sweep' }).waitFor()
  })

  test('a row reached by the keyboard brings its line out', async () => {
    await rows().nth(1).focus()
    await vi.waitFor(async () => expect(await page.locator('polyline.pointed').count()).toBe(1))
    expect(await page.locator('polyline.pointed title').textContent()).toBe(
      'Margin 1, Hidden sizes 64: 0.6300 ± 0.0141',
    )
  })

  test('a drag along an axis keeps the lines that cross there, in the table too; Show all brings all back', async () => {
    const box = await page.locator('[data-axis=margin]').boundingBox()
    if (box === null) throw new Error('The axis is not there.')
    const x = box.x + box.width / 2
    await page.mouse.move(x, box.y + 2)
    await page.mouse.down()
    await page.mouse.move(x, box.y + 0.3 * box.height, { steps: 4 })
    await page.mouse.up()
    await vi.waitFor(async () => expect(await rows().count()).toBe(2))
    expect(await rows().locator('td:first-child').allInnerTexts()).toEqual(['2', '2'])
    expect(await page.locator('polyline.out').count()).toBe(4)
    await page.getByRole('button', { name: 'Show all' }).click()
    expect(await rows().count()).toBe(6)
  })

  test('is saved as CSV, a line for each run', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV', exact: true }).click(),
    ])
    const stream = await download.createReadStream()
    let text = ''
    for await (const part of stream) text += String(part)
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(13)
    expect(lines[3]).toBe('trial 03,0.3,"64, 32",1,25,1.000,0.55,0.5,0.9,0.1,')
    expect(lines[12]).toBe('trial 12,2,"64, 32",2,,,,,,,')
  })

  test('is used by everyone', async () => {
    expect(await seriousFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
