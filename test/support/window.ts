import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

const bin = join(import.meta.dirname, '../../bin/twinlens.js')

/** The real application, as a person starts it, with a data folder of its own. */
export interface RunningApp {
  readonly url: string
  readonly pid: number
  readonly dataFolder: string
  /** What it wrote to stderr so far. */
  readonly complaints: () => string
  /** Ctrl-C. Resolves with the exit code. */
  close(): Promise<number | null>
}

export async function startApp(env: Record<string, string> = {}): Promise<RunningApp> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'twinlens-app-'))
  const child = spawn(process.execPath, [bin, 'open', '--no-open'], {
    env: { ...process.env, TWINLENS_DATA: dataFolder, ...env },
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const exited = new Promise<number | null>(resolve => {
    child.on('close', resolve)
  })
  const url = await printedAddress(child)
  return {
    url,
    pid: child.pid as number,
    dataFolder,
    complaints: () => errors,
    close: async () => {
      child.kill('SIGINT')
      const code = await exited
      await rm(dataFolder, { recursive: true, force: true })
      return code
    },
  }
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(printed)?.[0]
      if (url !== undefined) resolve(url)
    })
    child.on('close', code => reject(new Error(`It ended with ${code} before it was open:\n${printed}`)))
  })
}

/** Process numbers of an app's engine: its children that run the engine's entry. */
export function enginePids(app: RunningApp): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n')
  return lines.flatMap(line => {
    const [, pid, parent] = /^ *(\d+) +(\d+) .*engine[\\/]entry\.ts/.exec(line) ?? []
    return Number(parent) === app.pid ? [Number(pid)] : []
  })
}

/** A field of the form, by its label. */
export const field = (page: Page, label: string): Locator =>
  page.getByRole('textbox', { name: new RegExp(`^${label}`) })

/** The fields behind "More", in sight. */
export async function openMore(page: Page): Promise<void> {
  const more = page.locator('[aria-controls=more-hyperparameters]')
  if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click()
}

/** Trains what the form says to its end. @returns the folder of the run, another one than was shown before */
export async function trainRun(page: Page, timeout = 60_000): Promise<string> {
  const shown = page.locator('.result code')
  const now = async () => (await shown.allInnerTexts()).join().trim()
  const before = await now()
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  for (const end = Date.now() + timeout; Date.now() < end; await page.waitForTimeout(50)) {
    const folder = await now()
    if (folder !== '' && folder !== before) return folder
  }
  throw new Error('The training came to no end.')
}

/** The small job of the tests: 500 digits, 60 iterations, values that learn fast. */
export async function fillSmallJob(page: Page, iterations = 60): Promise<void> {
  await openMore(page)
  const values: Record<string, number> = {
    Margin: 1,
    'Learning rate': 0.001,
    Iterations: iterations,
    'Training images': 500,
    'Test images': 200,
  }
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(String(value))
}
