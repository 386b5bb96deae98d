import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../test/support/browser.ts'
import { connectClient } from '../test/support/client.ts'
import { type RunningApp, startApp } from '../test/support/window.ts'

/** The real application and a browser to look at it. */
export interface AppUnderTest {
  readonly app: RunningApp
  /** When its process was started, by performance.now(). */
  readonly startedAt: number
  /** A sentence where this machine has no browser. */
  readonly browser: Browser | string
  close(): Promise<void>
}

export async function openApp(): Promise<AppUnderTest> {
  const browser = await launchBrowser().catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  )
  const startedAt = performance.now()
  const app = await startApp()
  // A bench that is ended early leaves no app behind.
  const end = (): void => void process.kill(app.pid, 'SIGINT')
  process.once('exit', end)
  return {
    app,
    startedAt,
    browser,
    close: async () => {
      process.off('exit', end)
      if (typeof browser !== 'string') await browser.close()
      await app.close()
    },
  }
}

/** A window on the app, as large as a small laptop's. @throws Error: there is no browser */
export async function openWindow({ app, browser }: AppUnderTest): Promise<Page> {
  if (typeof browser === 'string') throw new Error(browser)
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 120_000 })
  return page
}

type Client = Awaited<ReturnType<typeof connectClient>>['client']

/** Asks the app's engine by a short-lived client of its own, which draws nothing. */
export async function ask<T>({ app }: AppUnderTest, what: (client: Client) => Promise<T>): Promise<T> {
  const { client, close } = await connectClient(app.url)
  try {
    return await what(client)
  } finally {
    close()
  }
}

/** The training as it is now. */
export async function trainingNow(client: Client): Promise<{ iteration: number; elapsedSeconds: number }> {
  for await (const state of client.training()) return state
  throw new Error('The engine said nothing.')
}
