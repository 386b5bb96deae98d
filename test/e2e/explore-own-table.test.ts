import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { importFolder } from '../support/import-sheet.ts'
import { colourFolder } from '../support/picture-folder.ts'
import { field, type RunningApp, startApp } from '../support/window.ts'
import { explore, openWindow } from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let folder: string

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  folder = await colourFolder(['green', 'red'], 20)
  ;({ page, faults } = await openWindow(browser, app.url))
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
  await rm(folder, { recursive: true, force: true })
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

test('what a table says of the images beside their class is offered as colours, and nothing is coloured by it before it is chosen', async () => {
  const rows: string[] = []
  for (const label of ['green', 'red'])
    for (const file of await readdir(join(folder, label)))
      rows.push(`${label}/${file},${label},${file.startsWith('1') ? 'north' : 'south'},${file.length / 8}`)
  await writeFile(join(folder, 'labels.csv'), ['file,label,camera,sharpness', ...rows].join('\n'))
  await importFolder(page, folder)
  await page
    .getByText(/px, colour/)
    .first()
    .waitFor()
  await field(page, 'Iterations').fill('20')
  await field(page, 'Batch size').fill('20')
  await press('Train')
  await page.locator('.result code').waitFor({ timeout: 60_000 })

  await explore(page)
  const by = page.getByRole('combobox', { name: 'Colour by' })
  const group = by.locator('optgroup[label$="(as imported)"]')
  await expect.poll(() => group.locator('option').allInnerTexts()).toEqual(['camera', 'sharpness'])
  // Nobody has asked for it yet.
  expect(await by.inputValue()).toBe('class')
  await by.selectOption({ label: 'camera' })
  const legend = page.getByRole('group', { name: /^Colours: camera/ })
  await legend.waitFor()
  expect(await legend.innerText()).toMatch(/north[\s\S]*south|south[\s\S]*north/)
  await by.selectOption({ label: 'sharpness' })
  await page.getByRole('group', { name: /^Colours: sharpness/ }).waitFor()
  expect(faults).toEqual([])
})
