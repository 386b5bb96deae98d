import { basename } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openConfig, openEvaluations } from '../../src/main/engine/runs/run-folder.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { field, fillSmallJob, type RunningApp, startApp, trainRun } from '../support/window.ts'
import { openWindow } from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
const trained: string[] = []

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

async function train(): Promise<string> {
  const folder = await trainRun(page)
  trained.push(folder)
  return folder
}

const rowsOf = (caption: string) =>
  page.getByRole('region', { name: caption }).locator('tbody tr').allInnerTexts()

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  await fillSmallJob(page, 400)
  // So large a rate makes it worse again.
  await field(page, 'Learning rate').fill('0.1')
  await field(page, 'Hidden sizes').fill('16')
  await field(page, 'Batch size').fill('20')
  await page.getByLabel('Learning rate over time').selectOption('cosine')
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

describe('a training that is evaluated', () => {
  test('is refused by the form where nothing could be chosen by', async () => {
    await field(page, 'Patience').fill('4')
    await page.getByText('Patience needs a validation share above 0').waitFor()
    await field(page, 'Validation share').fill('0.25')
    await page.getByText('Patience needs evaluations').waitFor()
    await field(page, 'Evaluate every').fill('5')
    expect(await page.getByText('Patience needs').isVisible()).toBe(false)
  })

  test('stops early with the best network and says so; its curve and its table are there', async () => {
    const folder = await train()
    const { evaluated, iterations } = await openConfig(folder)
    const evaluations = await openEvaluations(folder)
    const best = evaluated?.best
    if (best === null || best === undefined) throw new Error('None was chosen.')
    expect(iterations).toBe(best.iteration + 4 * 5)
    await page.getByText('Stopped early', { exact: true }).waitFor()
    await page
      .getByText(
        `It has the network of the best of ${evaluations.length} evaluations, at iteration ${best.iteration}:`,
      )
      .waitFor()
    const legend = page.getByRole('list', { name: 'Lines of the chart' })
    expect(await legend.innerText()).toContain(
      `, best (large) ${(100 * best.accuracy).toFixed(1)}% at ${best.iteration}`,
    )
    expect(await legend.innerText()).toContain('Learning rate, up to 0.1000')
    const loss = page.locator('section', { has: page.locator('#loss-title') })
    await loss.getByText('As a table').click()
    await vi.waitFor(async () =>
      expect(await rowsOf('Quality by iteration, on validation images')).toHaveLength(evaluations.length),
    )
    const marked = (await rowsOf('Quality by iteration, on validation images')).filter(row =>
      row.includes('the best'),
    )
    expect(marked).toEqual([`${best.iteration}\t${(100 * best.accuracy).toFixed(1)}%, the best`])
    expect(await seriousFaults(page)).toEqual([])
    await loss.getByText('As a table').click()
  })

  test('shows its curve among the runs, alone and beside another', async () => {
    await field(page, 'Iterations').fill('20')
    const second = await train()
    await press('Runs')
    await page
      .locator('tr.run')
      .getByRole('button', { name: basename(second), exact: true })
      .click()
    await page.getByRole('img', { name: '5-NN accuracy by iteration, on validation images' }).waitFor()
    expect(await page.getByLabel('How it was made').innerText()).toContain(
      'It has the network of the best of',
    )
    for (const folder of trained)
      await page.getByRole('checkbox', { name: new RegExp(basename(folder)) }).check()
    const chart = page.getByRole('img', { name: /^5-NN accuracy of the compared runs/ })
    await chart.waitFor()
    expect(await chart.locator('path.line').count()).toBe(2)
    expect(await chart.locator('path.best').count()).toBe(2)
    const table = page.getByRole('table').filter({ hasText: 'What differs' })
    expect(await table.innerText()).toContain('best of 4 evaluations')
    expect(await seriousFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
