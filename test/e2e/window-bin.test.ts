import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRun, saveRun } from '../../src/main/engine/runs/run-folder.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { madeRun } from '../support/saved-run.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import { openWindow } from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  app = await startApp()
  for (const name of ['first', 'second']) await saveRun(join(app.dataFolder, 'runs', name), madeRun())
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click()
const run = (name: string) => page.locator('tr.run').getByRole('button', { name, exact: true })

test('a deleted run lies in the bin, comes back from there whole, and is gone once the bin is emptied', async () => {
  await press('Runs')
  for (const name of ['first', 'second']) {
    await run(name).focus()
    await page.keyboard.press('Delete')
    await run(name).waitFor({ state: 'detached' })
  }
  await tab('Bin')
  const bin = page.getByRole('region', { name: 'Bin' })
  const names = () => bin.locator('td.name').allInnerTexts()
  await expect.poll(names).toEqual(['second', 'first'])
  expect(await seriousFaults(page)).toEqual([])

  await bin.getByRole('button', { name: 'Restore first' }).click()
  await expect.poll(names).toEqual(['second'])
  await tab('Saved runs')
  await run('first').waitFor()
  expect((await openRun(join(app.dataFolder, 'runs', 'first'))).losses).toEqual(madeRun().losses)

  await tab('Bin')
  await press('Empty the bin…')
  await bin.getByText('Delete 1 for good?').waitFor()
  await page.keyboard.press('Escape')
  await press('Empty the bin…')
  const [binned = ''] = (await readdir(join(app.dataFolder, 'bin'))).filter(name => name.endsWith('second'))
  expect(basename(binned)).not.toBe('')
  await press('Delete for good')
  await bin.getByText('1 deleted for good.').waitFor()
  await bin.getByText(/^The bin is empty/).waitFor()
  expect(existsSync(join(app.dataFolder, 'bin', binned))).toBe(false)
  expect(await readdir(join(app.dataFolder, 'runs'))).toContain('first')
  expect(faults).toEqual([])
})
