import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { decodeFrame } from '../../src/shared/rpc/frame.ts'
import { toClientSchema, toServerSchema } from '../../src/shared/rpc/protocol.ts'
import { fillSmallJob, type RunningApp } from './window.ts'

/** A question that a page put to the engine, and what it was told. */
export interface Exchange {
  readonly method: string
  readonly input: unknown
  value: unknown
}

/** A window on a running app: its page, what it asks the engine for, and what it complains of. */
export interface SearchWindow {
  readonly page: Page
  readonly exchanges: Exchange[]
  readonly faults: string[]
  readonly panel: Locator
}

const long = 60_000

const bytesOf = (payload: string | Buffer): ArrayBuffer => new Uint8Array(Buffer.from(payload)).buffer

function listen(page: Page): Exchange[] {
  const exchanges: Exchange[] = []
  page.on('websocket', socket => {
    const open = new Map<number, Exchange>()
    socket.on('framesent', ({ payload }) => {
      const message = toServerSchema.safeParse(decodeFrame(bytesOf(payload)))
      if (!message.success || message.data.type !== 'request') return
      const { id, input, method } = message.data
      open.set(id, { method, input, value: undefined })
    })
    socket.on('framereceived', ({ payload }) => {
      const message = toClientSchema.safeParse(decodeFrame(bytesOf(payload)))
      if (!message.success || message.data.type !== 'value') return
      const exchange = open.get(message.data.id)
      if (exchange !== undefined) exchanges.push({ ...exchange, value: message.data.value })
    })
  })
  return exchanges
}

export async function openSearchWindow(
  app: RunningApp,
  browser: Browser,
  { width = 1280, height = 800, colorScheme = 'light' as 'light' | 'dark' } = {},
): Promise<SearchWindow> {
  const context = await browser.newContext({
    viewport: { width, height },
    acceptDownloads: true,
    colorScheme,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const exchanges = listen(page)
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
      faults.push(message.text())
  })
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
  return { page, exchanges, faults, panel: page.getByRole('region', { name: 'Search and compare' }) }
}

/** Trains 60 iterations on 500 digits and gives the run that was saved. */
export async function trainedRun(page: Page): Promise<Run> {
  await fillSmallJob(page)
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  const folder = page.locator('.result code')
  await folder.waitFor({ timeout: long })
  return openRun((await folder.innerText()).trim())
}

/** Opens a part of the panel that is closed. */
export async function unfold(panel: Locator, name: string): Promise<Locator> {
  const part = panel.getByRole('region', { name, exact: true })
  const head = part.getByRole('heading').getByRole('button').first()
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click()
  return part
}

/** Indices of the neighbours that are shown, nearest first. */
export async function shownIndices(panel: Locator, count = 9): Promise<number[]> {
  const tiles = panel.getByRole('button', { name: /^\d+: class .*, distance/ })
  await expect.poll(() => tiles.count(), { timeout: long }).toBe(count)
  const labels = await tiles.evaluateAll(all => all.map(one => one.getAttribute('aria-label') ?? ''))
  return labels.map(label => Number(/image (\d+)$/.exec(label)?.[1]))
}

/** The nearest of some vectors to a point, by sorting all that may be found. @param values [count, point.length] */
export function sorted(
  values: ArrayLike<number>,
  point: ArrayLike<number>,
  mayBeFound: (index: number) => boolean = () => true,
): { readonly index: number; readonly distance: number }[] {
  const size = point.length
  const distance = (index: number): number =>
    Math.hypot(...Array.from(point, (x, k) => x - (values[index * size + k] as number)))
  return Array.from({ length: values.length / size }, (_, index) => index)
    .filter(mayBeFound)
    .map(index => ({ index, distance: distance(index) }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
}
