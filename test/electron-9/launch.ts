import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { AloneInNetwork } from './alone-in-network.ts'

/** A user that owns nothing. */
const nobodysId = 65_534

/** A running desktop program. */
export interface Desktop {
  readonly page: Page
  readonly dataFolder: string
  /** Everything that it printed so far. */
  printed(): string
  /** Of the engine that runs. */
  enginePid(): number
  /** The page again, when another process shows it. */
  reconnect(): Promise<Page>
  /** The exit code, once it has ended by itself; null where a signal ended it. */
  readonly ended: Promise<number | null>
  close(): Promise<void>
}

export interface LaunchOptions {
  /** What Electron's program gets: the app's folder. A packaged one gets nothing. */
  readonly words?: readonly string[]
  /** In a network that holds this program alone, as a machine without one is; as far as one may make such a thing. */
  readonly offline?: boolean
  /** Not as root, where this is root. */
  readonly ordinaryUser?: boolean
}

/**
 * Starts a program on a screen of its own, with a home of its own.
 * @throws Error with what it printed when its page does not come
 */
export async function launch(program: string, options: LaunchOptions = {}): Promise<Desktop> {
  const home = mkdtempSync(join(tmpdir(), 'twinlens-desktop-'))
  const dataFolder = join(home, 'data')
  const nobody = options.ordinaryUser === true && process.getuid?.() === 0
  if (nobody) chownSync(home, nobodysId, nobodysId)
  const alone = options.offline === true ? new AloneInNetwork(home) : undefined
  const command = [
    ...(alone?.prefix ?? []),
    ...(nobody ? ['setpriv', `--reuid=${nobodysId}`, `--regid=${nobodysId}`, '--clear-groups'] : []),
    ...['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', program, ...(options.words ?? [])],
    ...['--no-sandbox', `--remote-debugging-port=${alone?.port ?? 0}`],
  ]
  const child = spawn(command[0] as string, command.slice(1), {
    detached: true,
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      TWINLENS_DATA: dataFolder,
      TWINLENS_TEST_NODE: process.execPath,
      TWINLENS_TEST_PARENT_PORT: join(import.meta.dirname, 'engine-parent-port.mjs'),
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (more: Buffer) => {
      text += more.toString('utf8')
    })
  }
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  const close = async (): Promise<void> => {
    try {
      process.kill(-(child.pid as number), 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
    await ended
    alone?.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  try {
    const isOver = () => child.exitCode !== null || child.signalCode !== null
    const printedAddress = await soon(() => /DevTools listening on (ws:\S+)/.exec(text)?.[1], isOver)
    const address = alone === undefined ? printedAddress : await alone.reach(printedAddress)
    const reconnect = () => openPage(address, isOver)
    const page = await reconnect()
    const enginePid = () => Number([...text.matchAll(/engine's process has the id (\d+)/g)].at(-1)?.[1])
    return { page, dataFolder, printed: () => text, enginePid, reconnect, ended, close }
  } catch (error) {
    await close()
    throw new Error(`The program's page did not come. It printed:\n${text}`, { cause: error })
  }
}

async function openPage(address: string, isOver: () => boolean): Promise<Page> {
  // Chromium of that time has one context, whose defaults cannot be set.
  const browser = await chromium.connectOverCDP(address, { noDefaults: true })
  const page = await soon(() => browser.contexts()[0]?.pages()[0], isOver)
  page.setDefaultTimeout(15_000)
  await teachVisibility(page)
  return page
}

/**
 * Playwright asks elements of its own world whether they can be seen, by a function that came with Chromium 105; what it
 * means there is what this says.
 */
async function teachVisibility(page: Page): Promise<void> {
  await page.title() // makes that world
  const session = await page.context().newCDPSession(page)
  const contexts: number[] = []
  session.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context.id))
  await session.send('Runtime.enable')
  const expression = `Element.prototype.checkVisibility = Element.prototype.checkVisibility || function () {
    return this.getClientRects().length > 0 && getComputedStyle(this).visibility === 'visible'
  }`
  for (const contextId of contexts) await session.send('Runtime.evaluate', { expression, contextId })
  await session.detach()
}

/** Looks again and again for what comes within 20 s, or until the program is over. */
async function soon<T>(look: () => T | undefined, isOver: () => boolean): Promise<T> {
  for (let i = 0; i < 200 && !isOver(); i++) {
    const found = look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(isOver() ? 'It has ended.' : 'It did not come within 20 s.')
}
