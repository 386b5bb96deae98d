import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import type { Found } from '../../src/shared/contract.ts'
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
let pad: Locator

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  window = await openSearchWindow(app, browser)
  run = await trainedRun(window.page)
  const part = await unfold(window.panel, 'Draw a query')
  pad = part.getByRole('application', { name: 'Drawing pad' })
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const answers = (): Found[] =>
  window.exchanges.filter(({ method }) => method === 'search').map(({ value }) => value as Found)

/** What the last answer's point has for neighbours. */
const expected = (): number[] =>
  sorted(run.test.embedding.values, (answers().at(-1) as Found).query.point)
    .slice(0, 9)
    .map(({ index }) => index)

/** How many pixels of the pad are light. */
const inked = (): Promise<number> =>
  pad.evaluate(canvas => {
    const { width, height } = canvas as HTMLCanvasElement
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? {}
    return data === undefined ? -1 : data.filter((value, i) => i % 4 === 0 && value > 127).length
  })

const settled = async (): Promise<void> => {
  let before = -1
  await expect
    .poll(async () => {
      const same = before === answers().length
      before = answers().length
      await window.page.waitForTimeout(150)
      return same && before > 0
    })
    .toBe(true)
}

/** @param drawn what is seen to before the pen is lifted */
async function drawLine(
  from: readonly [number, number],
  to: readonly [number, number],
  drawn: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const box = await pad.boundingBox()
  if (box === null) throw new Error('The pad is not to be seen.')
  const at = ([x, y]: readonly [number, number]): [number, number] => [
    box.x + x * box.width,
    box.y + y * box.height,
  ]
  await window.page.mouse.move(...at(from))
  await window.page.mouse.down()
  await window.page.mouse.move(...at(to), { steps: 12 })
  await drawn()
  await window.page.mouse.up()
}

describe('the drawing pad', () => {
  test('a stroke is the query while it is drawn: its neighbours equal brute force, and its point travels', async () => {
    await drawLine([0.5, 0.15], [0.5, 0.85])
    await settled()
    expect(await shownIndices(window.panel)).toEqual(expected())
    const first = [...(answers().at(-1) as Found).query.point]
    const asked = answers().length
    await drawLine([0.2, 0.2], [0.8, 0.2], () => expect.poll(() => answers().length).toBeGreaterThan(asked))
    await settled()
    expect(await shownIndices(window.panel)).toEqual(expected())
    expect([...(answers().at(-1) as Found).query.point]).not.toEqual(first)
    // All of it is one step of the way.
    expect(await window.panel.getByRole('button', { name: 'Previous query' }).isDisabled()).toBe(true)
  })

  test('undo takes the last stroke back, in the picture and in the neighbours', async () => {
    const before = await inked()
    await window.panel.getByRole('button', { name: 'Undo the last stroke' }).click()
    await settled()
    expect(await inked()).toBeLessThan(before)
    expect(await shownIndices(window.panel)).toEqual(expected())
  })

  test('the eraser takes ink away', async () => {
    const before = await inked()
    await window.panel.getByRole('button', { name: 'Eraser' }).click()
    await drawLine([0.3, 0.5], [0.7, 0.5])
    await settled()
    expect(await inked()).toBeLessThan(before)
    expect(await shownIndices(window.panel)).toEqual(expected())
    await window.panel.getByRole('button', { name: 'Eraser' }).click()
  })

  test('it is cleared, and what was drawn can be had back', async () => {
    const before = await inked()
    await window.panel.getByRole('button', { name: 'Clear the pad' }).click()
    await expect.poll(inked).toBe(0)
    await window.panel.getByText('Click a point').waitFor()
    await window.panel.getByRole('button', { name: 'Undo the last stroke' }).click()
    await expect.poll(inked).toBe(before)
    await settled()
    expect(await shownIndices(window.panel)).toEqual(expected())
  })

  test('a line is drawn with the keyboard alone', async () => {
    await window.panel.getByRole('button', { name: 'Clear the pad' }).click()
    const asked = answers().length
    await pad.focus()
    const { keyboard } = window.page
    await keyboard.press('Space')
    for (let i = 0; i < 8; i++) await keyboard.press('ArrowDown')
    await keyboard.press('Space')
    await expect.poll(() => answers().length).toBeGreaterThan(asked)
    await settled()
    expect(await inked()).toBeGreaterThan(1000)
    expect(await shownIndices(window.panel)).toEqual(expected())
    expect(window.faults).toEqual([])
  })
})

test('the way of the queries is walked by its thumbnails', async () => {
  const { page, panel } = window
  await panel.getByRole('button', { name: 'Random test image' }).click()
  const trail = panel.getByRole('navigation', { name: 'Queries so far' })
  const current = trail.locator('[aria-current=step]')
  await expect.poll(() => current.getAttribute('aria-label')).toMatch(/Test image/)
  await current.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect.poll(() => current.getAttribute('aria-label')).toMatch(/Drawing$/)
  await settled()
  expect(await shownIndices(panel)).toEqual(expected())
})
