/**
 * What the explorer costs the window's thread while a native training sends live snapshots of 10,000 points: the work of
 * every frame, the time from frame to frame, and the tasks over 50 ms, while a script pans, zooms, points and selects.
 *
 * A frame's work is what lies between its first callback and the first task after it: every callback, style, layout and
 * paint on the window's thread. From frame to frame counts the drawing in the browser's other processes too.
 * Run: node bench/explorer-frames.ts [--seconds 10]
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../test/support/browser.ts'
import { field, openMore, startApp } from '../test/support/window.ts'
import { busyShare } from './quiet.ts'
import { quantile } from './statistics.ts'

declare global {
  interface Window {
    /** All in ms. */
    seenFrames: { work: number[]; between: number[]; longTasks: number[] }
  }
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } })
const seconds = Number(values.seconds)

/** What the person does, over the scatter's box. A round takes about half a second. */
const acts: Readonly<Record<string, (page: Page, box: Box, round: number) => Promise<unknown>>> = {
  'nothing: it only trains': page => page.waitForTimeout(500),
  'pointing at points': (page, box, round) => sweep(page, box, round),
  panning: async (page, box, round) => {
    await page.mouse.down()
    await sweep(page, box, round)
    await page.mouse.up()
  },
  zooming: async (page, box, round) => {
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.45)
    for (let i = 0; i < 15; i++) {
      await page.mouse.wheel(0, round % 4 < 2 ? -80 : 80)
      await page.waitForTimeout(30)
    }
  },
  'selecting a class, and none': async page => {
    for (const key of ['ArrowRight', 'c', 'd']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(160)
    }
  },
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

async function sweep(page: Page, { x, y, width, height }: Box, round: number): Promise<void> {
  const to = round % 2 === 0 ? [0.35, 0.4] : [0.65, 0.55]
  await page.mouse.move(x + (to[0] as number) * width, y + (to[1] as number) * height, { steps: 30 })
}

const others = await busyShare(2000)
const app = await startApp()
const browser = await launchBrowser()
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  page.setDefaultTimeout(120_000)
  await page.addInitScript(watchFrames)
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor()
  await train(page)
  await page.keyboard.press('Alt+2')
  await page.locator('.marks').waitFor()
  await page.waitForTimeout(3000)
  const backend = await page
    .locator('.top-bar')
    .getByRole('button', { name: /Backend/ })
    .innerText()
  console.log(`${backend.trim()} on ${cpus()[0]?.model}, ${cpus().length} cores`)
  console.log(`Others kept the cores ${(100 * others).toFixed(0)}% busy before it began.\n`)
  console.log(
    '| | frames | work of a frame, median | 95% | most | from frame to frame, median | 95% | tasks over 50 ms |',
  )
  console.log('|---|---|---|---|---|---|---|---|')
  for (const name of Object.keys(acts)) console.log(await measure(page, name))
} finally {
  await browser.close()
  await app.close()
}

/** In the page, before its own scripts: its callback is the first of every frame. */
function watchFrames(): void {
  window.seenFrames = { work: [], between: [], longTasks: [] }
  const { port1, port2 } = new MessageChannel()
  let start = 0
  port2.onmessage = () => {
    window.seenFrames.work.push(performance.now() - start)
  }
  const watch = (): void => {
    const now = performance.now()
    if (start > 0) window.seenFrames.between.push(now - start)
    start = now
    port1.postMessage(null)
    requestAnimationFrame(watch)
  }
  requestAnimationFrame(watch)
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) window.seenFrames.longTasks.push(duration)
  }).observe({ type: 'longtask' })
}

async function train(page: Page): Promise<void> {
  await openMore(page)
  for (const [label, value] of Object.entries({ Iterations: 1_000_000, 'Test images': 10_000 }))
    await field(page, label).fill(String(value))
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.getByText(/^Iteration \d+/).waitFor()
}

/** @returns a row of the table */
async function measure(page: Page, name: string): Promise<string> {
  const box = await page.locator('.marks').boundingBox()
  if (box === null) throw new Error('There is no scatter.')
  await page.keyboard.press('0')
  await page.mouse.move(box.x + box.width * 0.65, box.y + box.height * 0.55)
  await page.locator('.marks').focus()
  await page.waitForTimeout(500)
  await page.evaluate(() => {
    window.seenFrames = { work: [], between: [], longTasks: [] }
  })
  const end = performance.now() + seconds * 1000
  for (let round = 0; performance.now() < end; round++) await acts[name]?.(page, box, round)
  const { work, between, longTasks } = await page.evaluate(() => window.seenFrames)
  const ms = (all: readonly number[], share: number): string => `${quantile(all, share).toFixed(1)} ms`
  const long =
    longTasks.length === 0
      ? 'none'
      : `${longTasks.length}, ${Math.max(...longTasks).toFixed(0)} ms the longest`
  const cells = [
    name,
    work.length,
    ms(work, 0.5),
    ms(work, 0.95),
    ms(work, 1),
    ms(between, 0.5),
    ms(between, 0.95),
    long,
  ]
  return `| ${cells.join(' | ')} |`
}
