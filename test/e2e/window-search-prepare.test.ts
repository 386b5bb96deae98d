import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import type { Explained, Found, Preparation, Query } from '../../src/shared/contract.ts'
import { launchBrowser } from '../support/browser.ts'
import {
  openSearchWindow,
  type SearchWindow,
  shownIndices,
  sorted,
  trainedRun,
  unfold,
} from '../support/search-window.ts'
import { type RunningApp, startApp } from '../support/window.ts'

let app: RunningApp
let browser: Browser
let window: SearchWindow
let run: Run
let part: Locator

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  window = await openSearchWindow(app, browser, { height: 1400 })
  run = await trainedRun(window.page)
  const png = await readFile(join(import.meta.dirname, '../fixtures/seven-on-paper.png'))
  const [chooser] = await Promise.all([
    window.page.waitForEvent('filechooser'),
    window.panel.getByRole('button', { name: 'Open picture…' }).click(),
  ])
  await chooser.setFiles({ name: 'seven.png', mimeType: 'image/png', buffer: png })
  part = await unfold(window.panel, 'Preparation')
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const last = (): { preparation: Preparation | undefined; found: Found } => {
  const { input, value } = window.exchanges.findLast(({ method }) => method === 'search') ?? {}
  const { query } = input as { query: Extract<Query, { kind: 'picture' }> }
  return { preparation: query.preparation, found: value as Found }
}
const answered = async (ask: () => Promise<unknown>): Promise<void> => {
  const before = window.exchanges.length
  await ask()
  await expect.poll(() => window.exchanges.slice(before).some(({ method }) => method === 'search')).toBe(true)
}
/** Grey values of a canvas. */
const pixelsOf = (canvas: Locator): Promise<number[]> =>
  canvas.evaluate(one => {
    const { width, height } = one as HTMLCanvasElement
    const { data } = (one as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? {}
    return data === undefined ? [] : [...data].filter((_, i) => i % 4 === 0)
  })
const seen = (): Promise<number[]> =>
  pixelsOf(window.panel.getByRole('img', { name: 'seven.png, as the network sees it' }))

describe('preparation', () => {
  test('every step is a picture, the last one what the network sees', async () => {
    const steps = part.getByRole('list', { name: /step by step/ }).getByRole('img')
    await expect.poll(() => steps.count()).toBe(last().found.query.stages.length)
    expect(await steps.count()).toBeGreaterThan(2)
    expect(await pixelsOf(steps.last())).toEqual([...last().found.query.pixels])
    expect(await seen()).toEqual([...last().found.query.pixels])
  })

  test('it is padded as one chooses, and searched as it is then', async () => {
    const before = await seen()
    await answered(() => part.getByRole('combobox', { name: 'Pad' }).selectOption('fill'))
    expect(last().preparation?.fit).toBe('fill')
    await expect.poll(seen).not.toEqual(before)
    expect(await seen()).toEqual([...last().found.query.pixels])
    expect(await shownIndices(window.panel)).toEqual(
      sorted(run.test.embedding.values, last().found.query.point)
        .slice(0, 9)
        .map(({ index }) => index),
    )
    await answered(() => part.getByRole('combobox', { name: 'Pad' }).selectOption('mass'))
    await expect.poll(seen).toEqual(before)
  })

  test('it is inverted or not, as one chooses', async () => {
    const invert = part.getByRole('combobox', { name: 'Invert' })
    const before = await seen()
    await answered(() => invert.selectOption('no'))
    await expect.poll(seen).not.toEqual(before)
    expect(await seen()).toEqual([...last().found.query.pixels])
    await answered(() => invert.selectOption('yes'))
    await expect.poll(seen).toEqual(before)
  })

  test('where nothing is left to see that is said; the query stays, and so does what was chosen', async () => {
    const before = await seen()
    for (const name of ['Width', 'Height']) {
      await part.getByRole('spinbutton', { name }).fill('20')
      await part.getByRole('spinbutton', { name }).press('Enter')
    }
    await window.panel.getByRole('alert').getByText(/blank/).waitFor()
    expect(await seen()).toEqual(before)
    expect(await part.getByRole('spinbutton', { name: 'Width' }).inputValue()).toBe('20')
    await answered(() => part.getByRole('button', { name: 'Back to automatic' }).click())
    await window.panel.getByRole('alert').waitFor({ state: 'detached' })
    expect(await seen()).toEqual(before)
  })

  test('a threshold leaves black and white before it is made small', async () => {
    await answered(() => part.getByLabel('Threshold', { exact: true }).check())
    expect(last().preparation?.threshold).toBe(128)
    const stage = last().found.query.stages.find(({ words }) => /black and white/.test(words))
    expect(stage?.width).toBe(240)
    await answered(() => part.getByRole('slider', { name: /^Threshold/ }).fill('200'))
    await expect.poll(() => last().preparation?.threshold).toBe(200)
    await answered(() => part.getByLabel('Threshold', { exact: true }).uncheck())
    expect(last().preparation?.threshold).toBeNull()
  })

  test('the part that counts is dragged, or given by numbers, and a click takes all of it again', async () => {
    const picture = part.locator('.frame')
    const box = await picture.boundingBox()
    if (box === null) throw new Error('The picture is not to be seen.')
    const { mouse } = window.page
    await answered(async () => {
      await mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.1)
      await mouse.down()
      await mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.9, { steps: 4 })
      await mouse.up()
    })
    const area = last().preparation?.area
    expect(Math.abs((area?.left ?? 0) - 60)).toBeLessThanOrEqual(2)
    expect(Math.abs((area?.width ?? 0) - 120)).toBeLessThanOrEqual(3)
    expect(Math.abs((area?.height ?? 0) - 160)).toBeLessThanOrEqual(3)
    const width = part.getByRole('spinbutton', { name: 'Width' })
    expect(await width.inputValue()).toBe(String(area?.width))
    await answered(async () => {
      await width.fill('100')
      await width.press('Enter')
    })
    expect(last().preparation?.area).toEqual({ ...area, width: 100 })
    await answered(() => picture.click())
    expect(last().preparation?.area).toBeNull()
  })

  test('it goes back to automatic, and none of it was a step of the way', async () => {
    await answered(() => part.getByRole('combobox', { name: 'Pad' }).selectOption('stretch'))
    const stretched = await seen()
    await answered(() => part.getByRole('button', { name: 'Back to automatic' }).click())
    expect(last().preparation).toBeUndefined()
    await expect.poll(seen).not.toEqual(stretched)
    expect(await window.panel.getByRole('button', { name: 'Previous query' }).isDisabled()).toBe(true)
  })
})

test('what is unlike anything seen in training is said to be so, with its evidence', async () => {
  // Crossed all over: no digit has so much ink.
  await part.getByRole('heading').getByRole('button').click()
  const drawing = await unfold(window.panel, 'Draw a query')
  const box = await drawing.getByRole('application').boundingBox()
  if (box === null) throw new Error('The pad is not to be seen.')
  const { mouse } = window.page
  await mouse.move(box.x + 4, box.y + 4)
  await mouse.down()
  for (let i = 1; i <= 12; i++)
    await mouse.move(box.x + (i % 2 === 0 ? 4 : box.width - 4), box.y + (box.height * i) / 12.5, { steps: 3 })
  await mouse.up()
  await expect.poll(() => last().found.novelty?.novel).toBe(true)
  await window.panel.getByText(/^Unlike any training image: more unusual than/).waitFor()
  await window.panel.getByText(/^In the embedding it is farther from every training image than/).waitFor()
  // The last of the line is on its way; then it is quiet.
  let before = -1
  await expect
    .poll(async () => {
      const quiet = before === window.exchanges.length
      before = window.exchanges.length
      await window.page.waitForTimeout(150)
      return quiet
    })
    .toBe(true)
  await window.panel.getByRole('button', { name: 'Previous query' }).click()
  await window.panel.getByText(/^Like the training images/).waitFor()
})

describe('why two are near', () => {
  const explained = (): Explained | undefined =>
    window.exchanges.findLast(({ method }) => method === 'explain')?.value as Explained | undefined

  test('is asked for by a key on a neighbour: maps of both, a legend and a sentence', async () => {
    await window.panel.locator('[data-rank="2"] button').focus()
    await window.page.keyboard.press('w')
    const why = window.panel.getByRole('region', { name: 'Why are they near?' })
    await why.getByText(/^They fall [\d.]+ apart\./).waitFor({ timeout: 60_000 })
    expect(await why.getByRole('combobox', { name: 'Neighbour' }).inputValue()).toBe('1')
    const map = explained()?.first ?? new Float32Array()
    expect(map).toHaveLength(28 * 28)
    const alpha = await why
      .getByRole('img', { name: /holds the query/ })
      .locator('canvas')
      .last()
      .evaluate(one => {
        const { data } = (one as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 28, 28) ?? {}
        return data === undefined ? [] : [...data].filter((_, i) => i % 4 === 3)
      })
    const most = Math.max(...[...map, ...(explained()?.second ?? [])].map(Math.abs))
    expect(alpha).toEqual([...map].map(value => Math.round((Math.abs(value) / most) * 215)))
    await why.getByText('holds them together').waitFor()
  })

  test('the maps can be taken off, and made by the gradient', async () => {
    const why = window.panel.getByRole('region', { name: 'Why are they near?' })
    const canvases = why.getByRole('img', { name: /holds the query/ }).locator('canvas')
    await why.getByLabel('Map over the images').uncheck()
    await expect.poll(() => canvases.count()).toBe(1)
    await why.getByLabel('Map over the images').check()
    await expect.poll(() => canvases.count()).toBe(2)
    const before = explained()
    await why.getByRole('combobox', { name: 'Method' }).selectOption('gradient')
    await expect.poll(() => explained() === before).toBe(false)
    expect(explained()?.distance).toBeCloseTo(before?.distance ?? Number.NaN, 5)
    expect(window.faults).toEqual([])
  })
})
