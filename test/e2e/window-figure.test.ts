import { Transformer } from '@napi-rs/image'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { paletteOf } from '../../src/shared/drawing/palette.ts'
import { launchBrowser } from '../support/browser.ts'
import { readSvg, savedSvg, saveFigure } from '../support/figures.ts'
import { openSearchWindow, trainedRun } from '../support/search-window.ts'
import { type RunningApp, startApp } from '../support/window.ts'

/** Figures of what is on the screen, saved by the real window and read back. */
let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let run: Run

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  const opened = await openSearchWindow(app, browser)
  page = opened.page
  faults = opened.faults
  run = await trainedRun(page)
  await page.keyboard.press('Alt+2')
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const palette = paletteOf(10)
const countOf = (label: number) => run.test.labels.filter(one => one === label).length

describe('a figure', () => {
  test('as SVG has title, axes, legend with counts, and a marker for every point in its class’s colour', async () => {
    const { bytes, name } = await saveFigure(page, 'SVG', async () => {
      await page.getByRole('textbox', { name: 'Title' }).fill('Digits, after 60 iterations')
    })
    expect(name).toBe('digits-after-60-iterations.svg')
    const svg = readSvg(bytes.toString('utf8'))
    expect(svg.texts('title')).toEqual(['Digits, after 60 iterations'])
    expect(svg.texts('horizontal-axis').at(-1)).toBe('Feature 1')
    expect(svg.texts('vertical-axis').at(-1)).toBe('Feature 2')
    expect(svg.texts('vertical-axis').length).toBeGreaterThan(3)
    expect(svg.texts('legend')).toEqual(
      palette.flatMap((_, label) => [String(label), String(countOf(label))]),
    )
    expect(svg.markers.map(({ colour }) => colour)).toEqual(
      Array.from(run.test.labels, label => palette[label]),
    )
  })

  test('as PNG has the size and resolution that were asked for, and every class’s colour', async () => {
    const { bytes } = await saveFigure(page, 'PNG', async () => {
      await page.getByRole('textbox', { name: 'Width' }).fill('600')
      await page.getByRole('textbox', { name: 'Height' }).fill('500')
      await page.getByRole('combobox', { name: 'Dots per inch' }).selectOption('150')
      await page.getByText('938 × 781 pixels').waitFor()
    })
    const image = new Transformer(bytes)
    const { width, height } = await image.metadata()
    expect([width, height]).toEqual([938, 781])
    expect(bytes.subarray(37, 41).toString('latin1')).toBe('pHYs')
    expect(bytes.readUInt32BE(41)).toBe(Math.round(150 / 0.0254))
    const pixels = await image.rawPixels()
    const channels = pixels.length / (938 * 781)
    const counts = new Map<string, number>()
    for (let at = 0; at < pixels.length; at += channels) {
      const colour = `#${pixels.subarray(at, at + 3).toString('hex')}`
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
    for (const colour of palette) expect(counts.get(colour)).toBeGreaterThan(100)
    expect(counts.get('#ffffff')).toBeGreaterThan(300_000)
  })

  test('shows what is shown: a hidden class is not in it, nor in its legend', async () => {
    const three = page.getByRole('group', { name: 'Classes' }).getByRole('button', { name: /^3, / })
    await three.click()
    const svg = await savedSvg(page)
    expect(svg.markers).toHaveLength(200 - countOf(3))
    expect(svg.markers.map(({ colour }) => colour)).not.toContain(palette[3])
    expect(svg.texts('legend').filter((_, i) => i % 2 === 0)).toEqual([...'012456789'])
    await three.click()
  })

  test('greys what is not selected', async () => {
    await page.getByRole('application', { name: /feature representation/ }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('c')
    const svg = await savedSvg(page)
    const coloured = svg.markers.filter(({ colour }) => palette.includes(colour))
    const label = palette.indexOf(coloured[0]!.colour)
    expect(coloured).toHaveLength(countOf(label))
    expect(svg.texts('legend').slice(-2)).toEqual(['not selected', String(200 - countOf(label))])
  })

  test('has lines around the classes as vectors, in the colours of all classes', async () => {
    const none = await savedSvg(page)
    expect(none.text).not.toContain('<g id="contours"')
    for (const _ of ['all', 'classes'])
      await page.getByRole('button', { name: 'Lines of equal density' }).click()
    const lines = /<g id="contours".*?<\/g>/s.exec((await savedSvg(page)).text)?.[0] ?? ''
    for (const colour of palette) expect(lines).toContain(`stroke="${colour}"`)
  })

  test('with its key opens, and with Escape closes', async () => {
    await page.keyboard.press('Control+s')
    const dialog = page.getByRole('dialog', { name: 'Save as a figure' })
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })
})

test('the page had nothing to complain of, its policy included', () => {
  expect(faults).toEqual([])
})
