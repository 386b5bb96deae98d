import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imageAt } from '../../src/main/engine/data/data-set.ts'
import { asImage } from '../../src/main/engine/data/import/making/read-picture.ts'
import { openImported, readMeta } from '../../src/main/engine/data/library/data-set-library.ts'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { launchBrowser } from '../support/browser.ts'
import { lookInto } from '../support/import-sheet.ts'
import { type RealSet, realSets, writeRealSet } from '../support/real-sets/real-sets.ts'
import { whyNoWheels } from '../support/real-sets/wheels.ts'
import { shownIndices, sorted } from '../support/search-window.ts'
import { field, type RunningApp, startApp, trainRun } from '../support/window.ts'
import { openWindow } from './explore-page.ts'
import { dropFiles } from './window-drop.ts'

let home: string
let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
/** The library is the app's, for what is looked at here. */
let before: string | undefined

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'twinlens-real-sets-'))
  app = await startApp()
  before = process.env['TWINLENS_DATA']
  process.env['TWINLENS_DATA'] = app.dataFolder
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
  if (before === undefined) delete process.env['TWINLENS_DATA']
  else process.env['TWINLENS_DATA'] = before
  await rm(home, { recursive: true, force: true })
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

/** From the sheet to an open data set. */
async function importFolder(set: RealSet, folder: string) {
  await lookInto(page, folder)
  const classes = page.getByRole('list', { name: 'Images of each class' })
  expect(await classes.locator('.name').allInnerTexts()).toEqual(set.classes)
  await page.getByText(`${set.count} images in ${set.classes.length} classes`).waitFor()
  await press('Import')
  await press('Done')
  const data = page.getByRole('region', { name: 'Data', exact: true })
  const colour = set.shape.channels === 3 ? ', colour' : ''
  await data.getByText(`${set.side} × ${set.side} px${colour}`).waitFor()
}

/** Trains a small job on what is open. @returns the run that was saved */
async function train(): Promise<Run> {
  await page.getByLabel('Start from').selectOption('Fast')
  await field(page, 'Iterations').fill('150')
  return openRun(await trainRun(page))
}

/** A picture of the folder that became a test image, and which one. */
async function testPicture(set: RealSet, folder: string, run: Run): Promise<{ path: string; index: number }> {
  const { source } = run.config.data
  if (source.kind !== 'imported') throw new Error('It was trained on other images.')
  const [{ test: images }, { framing }] = await Promise.all([openImported(source.id), readMeta(source.id)])
  for (const label of set.classes) {
    for (const name of await readdir(join(folder, label))) {
      const path = join(folder, label, name)
      const made = await asImage({ kind: 'encoded', bytes: await readFile(path) }, name, images, framing)
      for (let index = 0; index < images.count; index++)
        if (Buffer.compare(made, imageAt(images, index)) === 0) return { path, index }
    }
  }
  throw new Error('None of the pictures is a test image.')
}

describe.skipIf(whyNoWheels !== undefined)('real pictures in a folder a class, in the window', () => {
  test.each(realSets)(
    '$name: imported, learned, and searched with a picture like by brute force',
    async set => {
      const folder = join(home, set.name)
      await writeRealSet(set, folder)
      await press('Training')
      await importFolder(set, folder)
      const run = await train()
      expect(run.config.data.classes).toEqual(set.classes)
      expect(run.config.quality.knnAccuracy).toBeGreaterThan(set.learned)

      await press('Explorer')
      const { path, index } = await testPicture(set, folder, run)
      await dropFiles(page, [{ name: 'mine.png', type: 'image/png', bytes: await readFile(path) }])
      await page.getByRole('img', { name: /mine\.png, as the network sees it/ }).waitFor()
      const panel = page.getByRole('region', { name: 'Search and compare' })
      const { values, size } = run.test.embedding
      const nearest = sorted(values, values.subarray(index * size, (index + 1) * size)).slice(0, 9)
      expect(await shownIndices(panel)).toEqual(nearest.map(one => one.index))
      const labels = await panel.getByRole('button', { name: /^\d+: class .*, distance/ }).all()
      const classes = nearest.map(one => set.classes[run.test.labels[one.index] as number] as string)
      for (const [i, label] of labels.entries())
        expect(await label.getAttribute('aria-label')).toContain(`${i + 1}: class ${classes[i]}, distance`)
      expect(faults).toEqual([])
    },
  )
})
