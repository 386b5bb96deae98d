/**
 * Takes the pictures of docs/screenshots anew and writes docs/screens.md: the real application over a job that learns fast,
 * and a hundred classes over the fake engine, every state light and dark.
 * Run: npm run screenshots. With `-- --large`, 1920 x 1080 too, in build/screenshots; `-- --iterations 200` is a shorter job,
 * `-- --into FOLDER` leaves docs as it is.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../test/support/browser.ts'
import { digitFolder } from '../test/support/digit-folder.ts'
import { type RunningApp, startApp } from '../test/support/window.ts'
import { shootAll } from './screenshots/camera.ts'
import { explorer, figure, moments, sides } from './screenshots/explorer.ts'
import { serveFakePage } from './screenshots/fake-page.ts'
import { press } from './screenshots/hands.ts'
import { ownImages } from './screenshots/own-images.ts'
import { makePictures } from './screenshots/pictures.ts'
import { projection } from './screenshots/projection.ts'
import { quality } from './screenshots/quality.ts'
import { runs } from './screenshots/runs.ts'
import { screensPage } from './screenshots/screens-page.ts'
import { query, searching } from './screenshots/search.ts'
import { renamed, type Section } from './screenshots/state.ts'
import { training } from './screenshots/training.ts'

const { values } = parseArgs({
  options: {
    large: { type: 'boolean', default: false },
    iterations: { type: 'string', default: '1500' },
    into: { type: 'string', default: join(import.meta.dirname, '../docs') },
  },
})
const folder = join(values.into, 'screenshots')
const albums = {
  folder,
  largeFolder: values.large ? join(import.meta.dirname, '../build/screenshots') : null,
}

await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  const sections = [...(await shootDigits()), ...(await shootHundred())]
  await writeFile(join(values.into, 'screens.md'), screensPage(sections))
} finally {
  await browser.close()
}

async function open(from: Browser, url: string): Promise<Page> {
  const context = await from.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  page.setDefaultTimeout(300_000)
  await page.goto(url)
  await page.getByText('Connected', { exact: true }).waitFor()
  return page
}

async function shootDigits(): Promise<Section[]> {
  const app = await startApp()
  const page = await open(browser, app.url)
  const pictures = await makePictures(app)
  const own = await ownFolder(app)
  const sections = [
    training(Number(values.iterations)),
    explorer,
    moments,
    figure,
    searching(pictures),
    quality,
    sides,
    projection,
    runs,
    ownImages(own),
  ]
  await shootAll(page, sections, albums)
  await page.context().close()
  await app.close()
  await rm(own, { recursive: true })
  return sections
}

/** Digits as pictures in folders, and one file that is none. */
async function ownFolder(app: RunningApp): Promise<string> {
  const indices = Array.from({ length: 400 }, (_, i) => i)
  const { folder } = await digitFolder(app, indices)
  await writeFile(join(folder, '7', 'notes.png'), 'Written with a pencil.')
  return folder
}

/** A training of the fake engine is over in seconds. */
async function shootHundred(): Promise<Section[]> {
  const served = await serveFakePage()
  const page = await open(browser, `${served.url}?classes=100`)
  await press(page, 'Train')
  await page.locator('.result').waitFor()
  const search: Section = { title: 'Image search', states: [query] }
  const sections = [explorer, search, quality].map(one => renamed(one, '100', ', a hundred classes'))
  await shootAll(page, sections, albums)
  await page.context().close()
  await served.close()
  return sections
}
