/**
 * What the window costs, natively: long tasks and the delay from a key to its echo while training runs at full speed,
 * and the training's speed with no window, with one, with a slow one, and with a throttled one, interleaved.
 *
 * Slow: its process is stopped for 95 of every 100 ms, so that it takes what it is sent at a twentieth of the speed.
 * Throttled: Chromium's own emulation of a processor 20 times slower, which burns a whole core to that end.
 * Run: npm run bench:window
 */
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../test/support/browser.ts'
import { connectClient } from '../test/support/client.ts'
import { type RunningApp, startApp } from '../test/support/window.ts'

const rounds = 5
const secondsEach = 6
const echoSeconds = 20

declare global {
  interface Window {
    longTasks: number[]
    echoes: number[]
  }
}

const app = await startApp()
const browser = await launchBrowser()
try {
  const control = await open(browser, app)
  await control.getByRole('textbox', { name: /^Iterations/ }).fill('1000000')
  await control.getByRole('button', { name: 'Train', exact: true }).click()
  await control.getByText(/^Iteration \d+/).waitFor()
  await control.waitForTimeout(5000)
  console.log(
    `${await control.locator('.top-bar').innerText()} on ${cpus()[0]?.model}, ${cpus().length} cores\n`,
  )
  await measureResponse(control)
  await control.goto('about:blank')
  await measureCost()
} finally {
  await browser.close()
  await app.close()
}

async function open(from: Browser, running: RunningApp): Promise<Page> {
  const page = await (await from.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await page.goto(running.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 120_000 })
  return page
}

/** Types into a field twenty seconds long; an echo is the time from the key's event to the frame after it. */
async function measureResponse(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.longTasks = []
    window.echoes = []
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration)
    }).observe({ type: 'longtask' })
    addEventListener('keydown', event => {
      requestAnimationFrame(() =>
        setTimeout(() => window.echoes.push(performance.now() - event.timeStamp), 0),
      )
    })
  })
  await page.locator('[aria-roledescription="scatter plot"]').focus()
  const end = performance.now() + echoSeconds * 1000
  for (let i = 0; performance.now() < end; i++) {
    await page.keyboard.press(i % 2 === 0 ? 'ArrowRight' : 'ArrowLeft')
    await page.waitForTimeout(90)
  }
  const { longTasks, echoes } = await page.evaluate(() => ({
    longTasks: window.longTasks,
    echoes: window.echoes,
  }))
  const longest = longTasks.length === 0 ? 'none' : `${Math.max(...longTasks).toFixed(0)} ms the longest`
  console.log(`long tasks (over 50 ms) in ${echoSeconds} s: ${longTasks.length}, ${longest}`)
  console.log(
    `echo of ${echoes.length} keys: median ${percentile(echoes, 0.5)} ms, 95th percentile ${percentile(echoes, 0.95)} ms`,
  )
}

type Kind = 'no window' | 'a window' | 'a slow window' | 'a throttled window'

/** Iterations a second by kind of window, one after the other in every round. */
async function measureCost(): Promise<void> {
  const speeds: Record<Kind, number[]> = {
    'no window': [],
    'a window': [],
    'a slow window': [],
    'a throttled window': [],
  }
  for (let round = 0; round < rounds; round++) {
    for (const kind of Object.keys(speeds) as Kind[]) speeds[kind].push(await speedWith(kind))
  }
  console.log(`\n| | iterations/s, median of ${rounds} | from | to | of no window |\n|---|---|---|---|---|`)
  const base = Number(percentile(speeds['no window'], 0.5))
  for (const [kind, values] of Object.entries(speeds)) {
    const median = Number(percentile(values, 0.5))
    const row = [
      kind,
      median,
      percentile(values, 0),
      percentile(values, 1),
      `${((100 * median) / base).toFixed(1)}%`,
    ]
    console.log(`| ${row.join(' | ')} |`)
  }
}

async function speedWith(kind: Kind): Promise<number> {
  if (kind === 'no window') return speedOf(null)
  const page = await open(browser, app)
  if (kind === 'a throttled window') {
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 20 })
  }
  await page.waitForTimeout(2000)
  const release = kind === 'a slow window' ? stopAndGo(rendererPids()) : () => undefined
  const speed = await speedOf(page)
  release()
  await page.context().close()
  return speed
}

/** Processes that draw this bench's pages: the renderers among the browser's children. */
function rendererPids(): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n')
  return lines.filter(line => line.includes('--type=renderer')).map(line => Number.parseInt(line, 10))
}

/** Lets processes run for 5 of every 100 ms. @returns a function that lets them go */
function stopAndGo(pids: readonly number[]): () => void {
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of pids) process.kill(pid, name)
  }
  let going: NodeJS.Timeout | undefined
  const beat = setInterval(() => {
    signal('SIGCONT')
    going = setTimeout(() => signal('SIGSTOP'), 5)
  }, 100)
  return () => {
    clearInterval(beat)
    clearTimeout(going)
    signal('SIGCONT')
  }
}

/** Iterations done between two looks at the engine's own count, over the seconds between them. */
async function speedOf(page: Page | null): Promise<number> {
  const before = await engineState()
  await new Promise(resolve => setTimeout(resolve, secondsEach * 1000))
  const after = await engineState()
  if (page?.isClosed() === true) throw new Error('The window was closed meanwhile.')
  return (after.iteration - before.iteration) / (after.elapsedSeconds - before.elapsedSeconds)
}

/** Asked by a short-lived client of its own, which draws nothing. */
async function engineState(): Promise<{ iteration: number; elapsedSeconds: number }> {
  const { client, close } = await connectClient(app.url)
  try {
    for await (const state of client.training()) return state
    throw new Error('The engine said nothing.')
  } finally {
    close()
  }
}

function percentile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1)
}
