import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeImage } from '../../src/main/engine/data/image-file.ts'
import { agreeing, rampOf } from '../../src/renderer/explorer/colouring/ramp.ts'
import type { Scene } from '../../src/renderer/explorer/scene.ts'
import { paletteOf } from '../../src/shared/drawing/palette.ts'
import { launchBrowser } from '../support/browser.ts'
import { connectClient } from '../support/client.ts'
import { type RunningApp, startApp } from '../support/window.ts'
import {
  draw,
  explore,
  openWindow,
  sceneOf,
  selectedIndices,
  spotsOf,
  trainAndExplore,
} from './explore-page.ts'

let app: RunningApp
let browser: Browser
let page: Page
let faults: string[]
let engine: Awaited<ReturnType<typeof connectClient>>
let scene: Scene
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-tables-'))
  app = await startApp()
  browser = await launchBrowser()
  ;({ page, faults } = await openWindow(browser, app.url))
  await trainAndExplore(page)
  engine = await connectClient(app.url)
  scene = await sceneOf(engine.client)
})
afterAll(async () => {
  engine?.close()
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
  expect(await app?.close()).toBe(0)
})

const by = () => page.getByRole('combobox', { name: 'Colour by' })
const legend = () => page.getByRole('group', { name: /^Colours: / })
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

/**
 * Colour in the middle of every point that no other comes near, as it is on the screen.
 * @returns [index, '#rrggbb'] each
 */
async function drawnColours(): Promise<[number, string][]> {
  const spots = await spotsOf(page, scene)
  const alone = [...spots.keys()].filter(i =>
    spots.every(([x, y], k) => k === i || Math.hypot(x - spots[i]![0], y - spots[i]![1]) > 12),
  )
  await page.mouse.move(5, 5)
  await page.waitForTimeout(300)
  const { rgba, width } = await decodeImage(await page.screenshot(), 'page')
  return alone.map(i => {
    const [x, y] = spots[i]!.map(Math.floor) as [number, number]
    const at = (y * width + x) * 4
    return [i, `#${Buffer.from(rgba.subarray(at, at + 3)).toString('hex')}`]
  })
}

const far = (a: string, b: string): number =>
  Math.max(
    ...[1, 3, 5].map(i =>
      Math.abs(Number.parseInt(a.slice(i, i + 2), 16) - Number.parseInt(b.slice(i, i + 2), 16)),
    ),
  )

/** Names of classes may lie over a point: nearly all of them must have the colour they should. */
async function expectColours(colourOf: (index: number) => string): Promise<void> {
  const drawn = await drawnColours()
  const right = drawn.filter(([index, colour]) => far(colour, colourOf(index)) < 24)
  expect(drawn.length).toBeGreaterThan(15)
  expect(right.length / drawn.length).toBeGreaterThan(0.9)
}

async function openTable(name: string, text: string): Promise<void> {
  const file = join(folder, name)
  await writeFile(file, text)
  await page.getByLabel('A table, CSV').setInputFiles(file)
}

describe('the points’ colours', () => {
  test('are those of their classes at first', async () => {
    await page.getByRole('button', { name: 'Names at the classes' }).click()
    const palette = paletteOf(10)
    await expectColours(index => palette[scene.labels[index] as number] as string)
  })

  test('say whether the neighbours agree, with counts that are the engine’s', async () => {
    await by().selectOption('agreement')
    await legend().waitFor()
    const { agrees } = await engine.client.analyse()
    const disagreeing = agrees.filter(one => one === 0).length
    expect(await legend().innerText()).toMatch(new RegExp(`Neighbours agree\\s+${200 - disagreeing}`))
    expect(await legend().innerText()).toMatch(new RegExp(`They disagree\\s+${disagreeing}$`))
    await expectColours(index => agreeing[1 - (agrees[index] as number)] as string)
  })

  test('tell the distance to the query, once there is one', async () => {
    await by().selectOption('distance')
    await page.getByText('There is no query yet: choose an image first.').waitFor()
    await page.getByRole('tab', { name: 'Search' }).first().click()
    await press('Random test image')
    await legend().waitFor()
    const text = await page
      .getByText(/^Test image \d+$/)
      .first()
      .innerText()
    const query = Number(/\d+/.exec(text)?.[0])
    const [x, y] = [scene.values[query * 2] as number, scene.values[query * 2 + 1] as number]
    const distances = Array.from({ length: 200 }, (_, i) =>
      Math.hypot((scene.values[i * 2] as number) - x, (scene.values[i * 2 + 1] as number) - y),
    )
    const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })
    expect(await legend().innerText()).toMatch(`0\n${figure.format(Math.max(...distances))}`)
    await press('Put the query away')
    await by().selectOption('confidence')
    const { confidence } = await engine.client.analyse()
    const ramp = rampOf(false)
    await legend().waitFor()
    await expectColours(index => ramp[Math.round((confidence[index] as number) * 63)] as string)
  })

  test('tell a table’s columns: names, and figures with those that have none', async () => {
    const score = (i: number) => (i % 10 === 0 ? Number.NaN : i / 3)
    const rows = Array.from({ length: 200 }, (_, i) => `${['ann', 'bob, jr'][i % 2]};${score(i)}`)
    await openTable('writers.csv', `writer;score\n${rows.join('\n')}\n`)
    await expect.poll(() => by().inputValue()).toBe('writers.csv\nwriter')
    expect(await legend().innerText()).toMatch(/ann\s+100\s+bob, jr\s+100/)
    const pair = paletteOf(2)
    await expectColours(index => pair[index % 2] as string)
    await by().selectOption('writers.csv\nscore')
    expect(await legend().innerText()).toMatch(/^0.3333\n66.33\n\s*No value\s+20$/)
    const ramp = rampOf(false)
    await expectColours(index =>
      Number.isNaN(score(index))
        ? '#868d9b'
        : (ramp[Math.round(((score(index) - 1 / 3) / (199 / 3 - 1 / 3)) * 63)] as string),
    )
  })

  test('stay as they are where a table does not fit, which is said', async () => {
    await openTable('short.csv', 'a,b\n1,2\n3,4\n')
    await page.getByText('short.csv: The table has 2 rows, and there are 200 test images.').waitFor()
    await openTable('twice.csv', 'a,a\n1,2\n')
    await page.getByText('Two columns are named “a”').waitFor()
    expect(await by().inputValue()).toBe('writers.csv\nscore')
    await openTable('some.csv', 'index,mark\n3,x\n4,x\n')
    await expect.poll(() => by().inputValue()).toBe('some.csv\nmark')
    expect(await legend().innerText()).toMatch(/x\s+2\s+No value\s+198/)
    await page.keyboard.press('Control+z')
    await expect.poll(() => by().inputValue()).toBe('writers.csv\nscore')
  })
})

test('the explorer opens as it was left: selection, filters, colours and view', async () => {
  await page.getByRole('tab', { name: /^Selection/ }).click()
  await by().selectOption('confidence')
  await page.getByLabel('Image numbers').fill('5, 7, 100-120')
  await page.getByLabel('Image numbers').press('Enter')
  await press('Zoom in')
  const gone = page.getByRole('button', { name: /^6, \d+ images$/ })
  await gone.click()
  await page.waitForTimeout(800)
  const chosen = await selectedIndices(page)
  expect(chosen).toEqual([5, 7, ...Array.from({ length: 21 }, (_, i) => 100 + i)])
  const box = async () => {
    const { x, y, width, height } = (await page.locator('.marks').boundingBox())!
    await press('Box')
    await draw(page, [
      [x + width * 0.3, y + height * 0.3],
      [x + width * 0.7, y + height * 0.7],
    ])
    return selectedIndices(page)
  }
  const inView = await box()
  await page.keyboard.press('Control+z')
  await page.waitForTimeout(800)

  await page.reload()
  await page.getByText('Connected', { exact: true }).waitFor()
  await explore(page)
  expect(await by().inputValue()).toBe('confidence')
  expect(await selectedIndices(page)).toEqual(chosen)
  expect(await gone.getAttribute('aria-pressed')).toBe('false')
  expect(await box()).toEqual(inView)
  expect(inView.length).toBeGreaterThan(0)
  expect(faults).toEqual([])
})
