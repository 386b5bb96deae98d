import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { formatCount } from '../../src/renderer/ui/format.ts'
import { seriousFaults } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { enginePids, field, fillSmallJob, type RunningApp, startApp } from '../support/window.ts'

const long = 60_000
const iterations = 1200

let app: RunningApp
let browser: Browser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', error => faults.push(error.message))
  await page.goto(app.url)
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.close()).toBe(0)
})

const waitFor = <T>(holds: () => Promise<T>): Promise<T> => vi.waitFor(holds, { timeout: long })
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const phase = (text: string): Promise<void> =>
  page.locator('.run-bar .phase', { hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: long })
const iteration = async (): Promise<number> =>
  Number.parseInt((await page.locator('.run-bar .iterations dd').innerText()).replaceAll(',', ''), 10)
const offer = () => page.getByRole('region', { name: 'Interrupted training' })
const entries = () => readdir(join(app.dataFolder, 'runs'))
const lossesOf = (folder: string): Promise<string> => readFile(join(folder, 'losses.csv'), 'utf8')

/** Where the training under way is saved, once it is: another place than those before. */
const savedOtherThan = (before: readonly string[]): Promise<string> =>
  waitFor(async () => {
    const now = (await page.locator('.result code').allInnerTexts()).join().trim()
    expect(now).not.toBe('')
    expect(before).not.toContain(now)
    return now
  })

/** Pauses somewhere in the middle, where a checkpoint is kept, goes on for a moment, and ends the engine. */
async function crashInTheMiddle(): Promise<number> {
  await waitFor(async () => expect(await iteration()).toBeGreaterThan(20))
  await press('Pause')
  await phase('Paused')
  await waitFor(async () => {
    const [training] = (await entries()).filter(name => name.endsWith('.training'))
    const kept = await readdir(join(app.dataFolder, 'runs', training ?? ''))
    expect(kept.filter(name => /^iteration-\d+$/.test(name))).not.toEqual([])
  })
  const paused = await iteration()
  expect(paused).toBeLessThan(iterations)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await waitFor(async () => expect(await iteration()).toBeGreaterThan(paused))
  for (const pid of enginePids(app)) process.kill(pid, 'SIGKILL')
  return paused
}

describe('a training whose engine is killed', () => {
  const saved: string[] = []

  test('is offered where it left off, and resumed it ends with the losses of one undisturbed, bit for bit', async () => {
    await fillSmallJob(page, iterations)
    await field(page, 'Hidden sizes').fill('256, 128')
    await field(page, 'Batch size').fill('120')
    await press('Train')
    saved.push(await savedOtherThan([]))
    await press('Train')
    const paused = await crashInTheMiddle()
    await page.getByText(/The training under way was interrupted at iteration/).waitFor({ timeout: long })
    await offer()
      .getByText(`at iteration ${formatCount(paused)} of ${formatCount(iterations)}`)
      .waitFor({ timeout: long })
    expect(await seriousFaults(page)).toEqual([])
    await press('Resume training')
    saved.push(await savedOtherThan(saved))
    await phase('Done')
    const [whole, resumed] = saved as [string, string]
    expect((await lossesOf(whole)).split('\n')).toHaveLength(iterations + 2)
    expect(await lossesOf(resumed)).toBe(await lossesOf(whole))
    expect((await openRun(resumed)).network).toEqual((await openRun(whole)).network)
    // The curve is drawn from the first iteration on.
    await waitFor(async () =>
      expect(await page.locator('#loss-summary').textContent()).toContain(formatCount(iterations)),
    )
    expect((await entries()).filter(name => name.endsWith('.training'))).toEqual([])
  })

  test('is discarded after it is asked once more; Keep leaves it', async () => {
    await press('Train')
    await waitFor(async () => expect(await page.locator('.run-bar .phase').innerText()).toBe('Training'))
    await crashInTheMiddle()
    const discard = offer().getByRole('button', { name: 'Discard', exact: true })
    await discard.waitFor({ timeout: long })
    await discard.click()
    await offer().getByText('This cannot be undone.').waitFor()
    await press('Keep')
    expect((await entries()).filter(name => name.endsWith('.training'))).toHaveLength(1)
    await discard.click()
    await press('Discard for good')
    await waitFor(async () => {
      expect(await offer().innerText()).toBe('')
      expect((await entries()).filter(name => name.endsWith('.training'))).toEqual([])
    })
    expect((await entries()).length).toBe(saved.length)
  })

  test('after Stop, Go on brings it to its end with the same losses; the stopped run stays', async () => {
    await press('Train')
    await waitFor(async () => expect(await page.locator('.run-bar .phase').innerText()).toBe('Training'))
    await waitFor(async () => expect(await iteration()).toBeGreaterThan(10))
    await press('Stop')
    const stopped = await savedOtherThan(saved)
    await phase('Stopped')
    const before = await iteration()
    await press('Go on')
    const ended = await savedOtherThan([...saved, stopped])
    await phase('Done')
    expect(await lossesOf(ended)).toBe(await lossesOf(saved[0] as string))
    expect((await openRun(stopped)).losses).toHaveLength(before)
    expect(faults).toEqual([])
  })
})
