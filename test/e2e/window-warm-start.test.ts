import { basename } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { field, fillSmallJob, type RunningApp, startApp, trainRun } from '../support/window.ts'
import { openWindow } from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
/** Folders of the runs, in the order of their trainings. */
const trained: string[] = []

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const weightsFrom = () => page.getByLabel('Weights from')

async function train(): Promise<string> {
  const folder = await trainRun(page)
  trained.push(folder)
  return folder
}

const valuesOf = async (folder: string) =>
  new Map((await openRun(folder)).network.tensors.map(({ name, values }) => [name, values]))

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  await fillSmallJob(page, 12)
  await field(page, 'Hidden sizes').fill('32, 16')
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

describe('a training that begins with a run', () => {
  test('is prepared from the run: its values, and its weights', async () => {
    expect(await weightsFrom().inputValue()).toBe('')
    const first = basename(await train())
    await press('Runs')
    await page.locator('tr.run').getByRole('button', { name: first, exact: true }).click()
    await press('Train on from this run…')
    await page.getByText(`The form holds the values of “${first}” and begins with its weights.`).waitFor()
    expect(await weightsFrom().inputValue()).toBe(first)
    expect(await field(page, 'Hidden sizes').inputValue()).toBe('32, 16')
    expect(await seriousFaults(page)).toEqual([])
  })

  test('keeps what is frozen, learns the rest, and says what it took over', async () => {
    const [first] = trained as [string]
    await field(page, 'Frozen layers').fill('1')
    await field(page, 'Embedding size').fill('3')
    const second = await train()
    await page
      .getByText(
        `It begins with the weights of “${basename(first)}”: layer3 starts anew, the other 2 layers are taken over.`,
      )
      .waitFor()
    const [before, after] = [await valuesOf(first), await valuesOf(second)]
    expect(after.get('layer1.kernel')).toEqual(before.get('layer1.kernel'))
    expect(after.get('layer2.kernel')).not.toEqual(before.get('layer2.kernel'))
    expect(after.get('layer3.kernel')).toHaveLength(16 * 3)
    expect((await openRun(second)).config.warmStart?.run).toBe(basename(first))
  })

  test('is told of in its run, and a duplicate begins likewise', async () => {
    const [first, second] = trained.map(folder => basename(folder)) as [string, string]
    await press('Runs')
    await page.locator('tr.run').getByRole('button', { name: second, exact: true }).click()
    const made = page.getByLabel('How it was made')
    await vi.waitFor(async () =>
      expect(await made.locator('div', { hasText: 'Weights from' }).locator('dd').innerText()).toBe(first),
    )
    await press('Duplicate with changes')
    expect(await weightsFrom().inputValue()).toBe(first)
  })

  test('whose run is gone is refused in plain words', async () => {
    const first = basename(trained[0] ?? '')
    await press('Runs')
    await page.locator('tr.run').getByRole('button', { name: first, exact: true }).click()
    await press('Move to the bin')
    await page.getByText('was moved to the bin').waitFor()
    await press('Training')
    await page.getByText('This run is not among the saved ones. Choose another, or none.').waitFor()
    await press('Train')
    await page.getByText(`There is no saved run "${first}".`).waitFor()
    expect(faults).toEqual([])
  })
})
