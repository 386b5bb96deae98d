import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeExport } from '../../src/main/engine/exports/formats.ts'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import type { Found, Query } from '../../src/shared/contract.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { runs } from '../support/encoder-runs.ts'
import { openSearchWindow, type SearchWindow, sorted, trainedRun, unfold } from '../support/search-window.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import { dropFiles } from './window-drop.ts'

interface Named {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const long = 60_000
const seven = join(import.meta.dirname, '../fixtures/seven-on-paper.png')
let app: RunningApp
let browser: Browser
let window: SearchWindow
let page: Page
let run: Run
/** What the window was told of a test image and of a picture while the run itself was open. */
let byRun: { readonly image: Found; readonly picture: Found }

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  window = await openSearchWindow(app, browser)
  page = window.page
  run = await trainedRun(page)
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const banner = () => page.getByRole('region', { name: 'Imported encoder' })
const searches = () => window.exchanges.filter(({ method }) => method === 'search')
const file = (name: string, bytes: Uint8Array): Named => ({
  ...{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) },
})

const drop = (files: readonly Named[]): Promise<void> =>
  dropFiles(
    page,
    files.map(({ name, mimeType: type, buffer: bytes }) => ({ name, type, bytes })),
  )

/** The newest answer that is meant, once there is one that was not there before: others may be on their way meanwhile. */
async function answerTo(
  ask: () => Promise<unknown>,
  isMeant: (query: Query, found: Found) => boolean,
): Promise<{ input: unknown; found: Found }> {
  const meant = () =>
    searches().filter(({ input, value }) => isMeant((input as { query: Query }).query, value as Found))
  const before = meant().length
  await ask()
  await expect.poll(() => meant().length, { timeout: long }).toBeGreaterThan(before)
  const { input, value } = meant().at(-1) ?? {}
  return { input, found: value as Found }
}
const ofImage = ({ kind }: Query): boolean => kind === 'test'
const ofPicture = ({ kind }: Query): boolean => kind === 'picture'
const byEncoder = ({ calibration }: Found): boolean => calibration?.includes('this encoder') === true

const dropSeven = async () => {
  const buffer = await readFile(seven)
  await drop([{ name: 'seven.png', mimeType: 'image/png', buffer }])
}

/** The same neighbours, as far as a distance to 1e-4 of the largest can tell. */
function expectAlike(given: Found, wanted: Found): void {
  const distances = [...wanted.neighbours.distances]
  const bound = 1e-4 * Math.max(1, ...run.test.embedding.values.map(Math.abs))
  expect(given.neighbours.distances).toHaveLength(distances.length)
  given.neighbours.distances.forEach((distance, i) => {
    expect(Math.abs(distance - (distances[i] as number))).toBeLessThan(bound)
  })
  // Two that are as far away as each other may change places.
  const clear = distances.every((distance, i) => i === 0 || distance - (distances[i - 1] as number) > bound)
  const [found, expected] = [[...given.neighbours.indices], [...wanted.neighbours.indices]]
  if (clear) expect(found.slice(0, -1)).toEqual(expected.slice(0, -1))
  else expect(found.slice(0, -1).sort()).toEqual(expected.slice(0, -1).sort())
}

test('an ONNX that Twinlens exported, opened by dialog: the neighbours are those of the run', async () => {
  const image = (await answerTo(() => press('Random test image'), ofImage)).found
  const picture = (await answerTo(dropSeven, ofPicture)).found
  byRun = { image, picture }

  await press('Runs')
  const chooser = page.waitForEvent('filechooser')
  await press('Import encoder…')
  const onnx = file('theirs.onnx', (await makeExport(run, 'onnx')).content as Uint8Array)
  // The picture is asked for again as soon as the encoder is there.
  const { found } = await answerTo(
    async () => (await chooser).setFiles([onnx]),
    (query, answer) => ofPicture(query) && byEncoder(answer),
  )
  await banner().getByText('was not trained here').waitFor({ timeout: long })
  expect(await banner().innerText()).toContain(
    `theirs.onnx (ONNX, made by Twinlens, run “${run.config.name}”`,
  )
  expect(await page.locator('.run-bar .phase').innerText()).toBe('Imported encoder')
  expectAlike(found, byRun.picture)
  expect(found.calibration).toContain('this encoder')

  const earlier = await answerTo(
    () => press('Previous query'),
    (query, answer) => ofImage(query) && byEncoder(answer),
  )
  expectAlike(earlier.found, byRun.image)
  expect(
    await page.getByRole('button', { name: /^\d+: class .*, distance .*, test image \d+$/ }).count(),
  ).toBe(9)
  expect(window.faults).toEqual([])
}, 120_000)

test('a neighbour that is clicked, and a picture that is pasted, are searched by it', async () => {
  const tile = window.panel.getByRole('button', { name: /^1: class .*, distance .*, test image \d+$/ })
  const index = Number(/\d+$/.exec((await tile.getAttribute('aria-label')) ?? '')?.[0])
  const clicked = await answerTo(
    () => tile.click(),
    query => query.kind === 'test' && query.index === index,
  )
  expect(clicked.input).toMatchObject({ query: { kind: 'test', index } })
  const nearest = sorted(run.test.embedding.values, clicked.found.query.point, other => other !== index)
  clicked.found.neighbours.distances.forEach((distance, i) => {
    expect(distance).toBeCloseTo((nearest[i] as { distance: number }).distance, 3)
  })

  const base64 = (await readFile(seven)).toString('base64')
  const { found } = await answerTo(
    () =>
      page.evaluate(content => {
        const data = new DataTransfer()
        const bytes = Uint8Array.from(atob(content), character => character.charCodeAt(0))
        data.items.add(new File([bytes], 'seven.png', { type: 'image/png' }))
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      }, base64),
    ofPicture,
  )
  expectAlike(found, byRun.picture)
})

test('what is drawn is searched by it, by brute force over the run’s own points', async () => {
  const pad = (await unfold(window.panel, 'Draw a query')).getByRole('application', { name: 'Drawing pad' })
  const box = await pad.boundingBox()
  if (box === null) throw new Error('The pad is not to be seen.')
  const { found } = await answerTo(
    async () => {
      await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.8, { steps: 5 })
      await page.mouse.up()
    },
    ({ kind }) => kind === 'canvas',
  )
  const nearest = sorted(run.test.embedding.values, found.query.point).slice(0, 9)
  found.neighbours.distances.forEach((distance, i) => {
    expect(distance).toBeCloseTo((nearest[i] as { distance: number }).distance, 3)
  })
})

test('the views work by it, and say what cannot be known of it', async () => {
  await press('Quality')
  await page.getByText('there is no diagnosis and no curve').waitFor()
  const accuracy = `${((run.config.quality.knnAccuracy as number) * 100).toFixed(1)}`
  expect(await page.locator('main').innerText()).toContain(accuracy)
  expect(await seriousFaults(page)).toEqual([])
  await press('Explorer')
  await page.getByText('By the imported encoder', { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Pairs' }).click()
  await page.getByText('with which margin it learned is not known').waitFor()
  await page.getByRole('tab', { name: 'Search' }).click()
})

test('one for other images is refused in plain words, and the one before stays', async () => {
  await drop([file('colours.onnx', (await makeExport(runs['cnn'] as Run, 'onnx')).content as Uint8Array)])
  const words = 'colours.onnx: it takes images of 9 x 10 x 3; these are 28 x 28 x 1'
  await page.getByText(words).waitFor()
  expect(await banner().innerText()).toContain('theirs.onnx')
})

test('a LayersModel is dropped with its weights, and where a training would be it is told of', async () => {
  const model = (await makeExport(run, 'layers-model')).content as ReadonlyMap<string, Uint8Array>
  await drop([...model].map(([name, bytes]) => file(name, bytes)))
  await banner().getByText('model.json').waitFor({ timeout: long })
  expect(await banner().innerText()).toContain('TensorFlow.js')
  const { found } = await answerTo(dropSeven, ofPicture)
  expectAlike(found, byRun.picture)

  await press('Training')
  await page.getByText('The imported encoder was not trained here: its losses are not known.').waitFor()
  await page.getByText('By the imported encoder', { exact: true }).waitFor()
  expect(window.faults).toEqual([])
}, 120_000)
