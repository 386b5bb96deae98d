import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LabelledEmbedding } from '../../src/main/engine/embedding/embed.ts'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import type { Split, TwinlensContract } from '../../src/shared/contract.ts'
import type { Client } from '../../src/shared/rpc/contract-types.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

const long = 60_000

let folder: string
let app: RunningApp
let browser: Browser
let page: Page
/** Another window of the same engine. */
let client: Client<TwinlensContract>
let closeClient: () => void

async function open(): Promise<void> {
  app = await startApp({ TWINLENS_DATA: folder })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
  const other = await connectClient(app.url)
  client = other.client
  closeClient = other.close
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-mislabels-'))
  browser = await launchBrowser()
  await open()
})
afterAll(async () => {
  closeClient?.()
  await browser?.close()
  expect(await app?.close()).toBe(0)
  await rm(folder, { recursive: true, force: true })
})

const view = (name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click()
const queue = (): Locator => page.getByRole('region', { name: /^Suspected mislabels/ })
const side = (): Locator => page.getByRole('region', { name: 'Corrections' })

/** Presses what begins a training, and waits for its run. */
async function trained(begin: () => Promise<void>): Promise<Run> {
  let before = 0
  for await (const { training } of client.training()) {
    before = training
    break
  }
  await begin()
  for await (const { training, phase, folder: saved, error } of client.training()) {
    if (training === before || !['done', 'failed'].includes(phase)) continue
    expect(error).toBeNull()
    return openRun(saved as string)
  }
  throw new Error('The stream ended.')
}

/** Labels of the five nearest training images, by sorting all of them. */
function votes(run: Run, split: Split, index: number): number[] {
  const { values, size } = run[split].embedding
  const gallery = run.train.embedding.values
  return Array.from(run.train.labels, (label, i) => {
    const differences = Array.from(
      { length: size },
      (_, k) => (values[index * size + k] as number) - (gallery[i * size + k] as number),
    )
    return { label, i, distance: Math.hypot(...differences) }
  })
    .filter(({ i }) => split === 'test' || i !== index)
    .sort((a, b) => a.distance - b.distance || a.i - b.i)
    .slice(0, 5)
    .map(({ label }) => label)
}

/** "Training image 7, labelled 3" of all that four of five neighbours say otherwise of. */
function expectedSuspects(run: Run): string[] {
  const of = (split: Split, { labels }: LabelledEmbedding): string[] =>
    [...labels].flatMap((label, index) => {
      const near = votes(run, split, index)
      const against = near.some(other => other !== label && near.filter(one => one === other).length >= 4)
      return against ? [`${split === 'train' ? 'Training' : 'Test'} image ${index}, labelled ${label}`] : []
    })
  return [...of('train', run.train), ...of('test', run.test)].sort()
}

const shownSuspect = async (): Promise<string> =>
  (await queue()
    .getByRole('img', { name: /labelled/ })
    .getAttribute('aria-label')) ?? ''

/** All suspects of the queue, walking through it. */
async function walk(): Promise<string[]> {
  const [, count] = /of ([\d,]+)/.exec(await queue().getByRole('heading').innerText()) ?? []
  const seen: string[] = []
  await queue().focus()
  for (let i = 0; i < Number(count); i++) {
    seen.push(await shownSuspect())
    await page.keyboard.press('ArrowRight')
  }
  for (let i = 0; i < Number(count); i++) await page.keyboard.press('ArrowLeft')
  return seen
}

async function goTo(suspect: string): Promise<void> {
  await queue().focus()
  for (let i = 0; i < 200 && (await shownSuspect()) !== suspect; i++) await page.keyboard.press('ArrowRight')
  expect(await shownSuspect()).toBe(suspect)
}

/** Images that all five neighbours name rightly; their labels are then made wrong. */
const planted: string[] = []
let plain: Run
let wrong: Run
/** A planted test image that the queue has. */
let foundTest: string
/** Suspects that nobody planted, the surest first. */
let others: string[]

const nameOf = (split: Split, index: number, label: number): string =>
  `${split === 'train' ? 'Training' : 'Test'} image ${index}, labelled ${label}`
const trainAgain = (): Promise<Run> =>
  trained(() =>
    side()
      .getByRole('button', { name: /^Train again/ })
      .click(),
  )
const corrections = (): Locator => side().getByRole('listitem')
async function openQueue(): Promise<void> {
  await view('Quality')
  await page.getByRole('tab', { name: 'Suspected mislabels' }).click()
}

async function fill(): Promise<void> {
  // So short that no label is learned by heart.
  await fillSmallJob(page, 25)
  await field(page, 'Training images').fill('1000')
}

test('planted mislabels of both splits are in the queue, which is that of a brute-force computation', async () => {
  await fill()
  plain = await trained(() => page.getByRole('button', { name: 'Train', exact: true }).click())
  for (const split of ['train', 'test'] as const) {
    const sure = [...plain[split].labels.keys()].filter(index =>
      votes(plain, split, index).every(one => one === plain[split].labels[index]),
    )
    for (const index of sure.slice(0, 6)) {
      const label = ((plain[split].labels[index] as number) + 5) % 10
      await client.correct({ split, index, decision: 'relabel', label })
      planted.push(nameOf(split, index, label))
    }
  }
  wrong = await trained(async () => {
    await page.reload()
    await openQueue()
    await side().getByRole('button', { name: 'Train again with these corrections' }).click()
  })
  expect(wrong.config.data.corrections).toHaveLength(12)
  expect(wrong.config.data.fingerprint).not.toBe(plain.config.data.fingerprint)
  // Decided ones are not asked of. Without the corrections they are mislabels like anybody's.
  await client.clearCorrections()
  await page.reload()
  await openQueue()
  await queue().getByRole('heading').waitFor({ timeout: long })
  const shown = await walk()
  expect([...shown].sort()).toEqual(expectedSuspects(wrong))
  const found = planted.filter(image => shown.includes(image))
  expect(found.filter(image => image.startsWith('Test')).length).toBeGreaterThan(0)
  expect(found.filter(image => image.startsWith('Training')).length).toBeGreaterThan(0)
  foundTest = found.find(image => image.startsWith('Test')) as string
  others = shown.filter(image => !planted.includes(image))
})

test('a planted one is given its own label again by a key', async () => {
  const image = foundTest
  await goTo(image)
  await page.keyboard.press('r')
  const index = Number(/image (\d+)/.exec(image)?.[1])
  const label = plain.test.labels[index] as number
  await side().getByText(`stays ${label}`).waitFor()
  expect((await client.corrections()).list).toMatchObject([{ split: 'test', index, label, decision: 'keep' }])
  await page.keyboard.press('u')
  await expect.poll(() => corrections().count()).toBe(0)
})

test('relabel, exclude, keep, another class and undo', async () => {
  const [first, second, third, fourth] = others as [string, string, string, string]
  await goTo(first)
  const says = await queue()
    .getByText(/its neighbours say/)
    .innerText()
  const [from, to] = [/labelled (\d)/.exec(first)?.[1], / say\s+(\d)/.exec(says)?.[1]]
  await page.keyboard.press('r')
  await side().getByText(`${from} is ${to} now`).waitFor()
  await goTo(second)
  await page.keyboard.press('x')
  await expect.poll(() => corrections().count()).toBe(2)
  await goTo(third)
  await page.keyboard.press('k')
  await expect.poll(() => corrections().count()).toBe(3)
  await goTo(fourth)
  const another = (Number(/labelled (\d)/.exec(fourth)?.[1]) + 3) % 10
  await queue().getByLabel('Another class').selectOption(String(another))
  await queue().getByRole('button', { name: 'Relabel to this' }).click()
  await expect.poll(() => corrections().count()).toBe(4)
  const { list } = await client.corrections()
  expect(list.map(({ decision }) => decision)).toEqual(['relabel', 'exclude', 'keep', 'relabel'])
  expect(list[0]).toMatchObject({ label: Number(to) })
  expect(list[3]).toMatchObject({ label: another })
  await side().getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => corrections().count()).toBe(3)
})

test('trained again with them: the run has them, and the excluded image is gone from it', async () => {
  const run = await trainAgain()
  expect(run.config.data.corrections).toHaveLength(2)
  expect(run.train.labels.length + run.test.labels.length).toBe(1199)
  const fingerprints = [plain, wrong, run].map(({ config }) => config.data.fingerprint)
  expect(new Set(fingerprints).size).toBe(3)
  await side().getByText('The network was trained with these.').waitFor({ timeout: long })
})

test('they are there again after a restart, can be taken back one by one, and cleared', async () => {
  closeClient()
  await page.context().close()
  expect(await app.close()).toBe(0)
  await open()
  // Corrections are of one data set: the same images, asked for again.
  await fill()
  await trained(() => page.getByRole('button', { name: 'Train', exact: true }).click())
  await openQueue()
  await expect.poll(() => corrections().count(), { timeout: long }).toBe(3)
  await side()
    .getByRole('button', { name: /^Take back: / })
    .first()
    .click()
  await expect.poll(() => corrections().count()).toBe(2)
  await side().getByRole('button', { name: 'Clear' }).click()
  await expect.poll(() => corrections().count()).toBe(0)
  const run = await trainAgain()
  expect(run.config.data.fingerprint).toBe(plain.config.data.fingerprint)
  expect(run.config.data.corrections).toBeUndefined()
})
