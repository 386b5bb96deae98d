import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApp } from '../electron-9/build.ts'
import { electron9 } from '../electron-9/get-electron.ts'
import { type Desktop, launch } from '../electron-9/launch.ts'
import { fillSmallJob } from '../support/window.ts'

const long = 60_000
const picture = join(import.meta.dirname, '../fixtures/seven-on-paper.png')
const electron = electron9()

if ('reason' in electron) test.skip(`Electron 9.4.1 is not tried: ${electron.reason}`, () => undefined)

describe.runIf('folder' in electron)('a day of the desktop program, on a real Electron', () => {
  const program = join('folder' in electron ? electron.folder : '', 'electron')
  const app = mkdtempSync(join(tmpdir(), 'twinlens-electron-'))
  let desktop: Desktop
  let page: Page
  const phase = (text: string) =>
    page.locator('.run-bar .phase', { hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: long })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const iteration = async (): Promise<number> =>
    Number.parseInt((await page.locator('.run-bar .iterations dd').innerText()).replaceAll(',', ''), 10)

  beforeAll(async () => {
    await makeApp(app)
    desktop = await launch(program, { words: [app, picture] })
    page = desktop.page
    await page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
  })
  afterAll(async () => {
    await desktop?.close()
    rmSync(app, { recursive: true, force: true })
  })

  test('a picture that it was started with reaches the page, which says what to do first', async () => {
    const search = page.getByRole('region', { name: 'Search and compare' })
    await search.getByText('Nothing has been learned yet: press Train first.').waitFor()
  })

  test('nothing inline is run or styled, nothing is fetched from elsewhere, nothing is permitted', async () => {
    const tried = await page.evaluate(async () => {
      const element = (name: string, content: string) => {
        const made = document.createElement(name)
        made.textContent = content
        document.body.append(made)
      }
      element('script', 'window.harmed = true')
      element('style', 'body { opacity: 0.5 }')
      const fetched = (address: string) =>
        fetch(address).then(
          () => 'fetched',
          () => 'refused',
        )
      return {
        harmed: 'harmed' in window,
        opacity: getComputedStyle(document.body).opacity,
        file: await fetched('file:///etc/hostname'),
        elsewhere: await fetched('https://example.com/'),
        notifications: await Notification.requestPermission(),
      }
    })
    expect(tried).toEqual({
      harmed: false,
      opacity: '1',
      file: 'refused',
      elsewhere: 'refused',
      notifications: 'denied',
    })
  })

  test('its page goes nowhere else', async () => {
    await page.evaluate(() => {
      setTimeout(() => window.location.assign('https://example.com/'))
    })
    await page.waitForTimeout(500)
    expect(page.url()).toBe('twinlens://app/index.html')
    expect(await page.getByText('Connected', { exact: true }).isVisible()).toBe(true)
  })

  test('a page whose process dies comes back to a training that went on', async () => {
    await fillSmallJob(page, 100_000)
    await button('Train').click()
    await expect.poll(iteration, { timeout: long }).toBeGreaterThan(10)
    const before = await iteration()
    process.kill(pagePid(app), 'SIGKILL')
    await expect.poll(() => desktop.printed(), { timeout: long }).toContain("The window's process is gone")
    await expect
      .poll(() => desktop.printed().match(/The window is connected/g), { timeout: long })
      .toHaveLength(2)
    page = await desktop.reconnect()
    await phase('Training')
    expect(await iteration()).toBeGreaterThan(before)
    await button('Stop').click()
    await phase('Stopped')
  })

  test('closing the window ends the program, and its engine with it', async () => {
    const engine = desktop.enginePid()
    // The page goes before it can answer.
    page.evaluate(() => window.close()).catch(() => undefined)
    expect(await desktop.ended).toBe(0)
    expect(() => process.kill(engine, 0)).toThrow('ESRCH')
  })
})

/** The process that shows the page of the program that was started with this folder. */
function pagePid(app: string): number {
  const processes = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' })
    .split('\n')
    .map(line => /^ *(\d+) +(\d+) (.*)/.exec(line) ?? [])
    .map(([, pid, parent, words = '']) => ({ pid: Number(pid), parent: Number(parent), words }))
  const main = processes.find(({ words }) => words.includes(`electron ${app}`) && !words.includes('xvfb-run'))
  const below = (pid: number): number[] =>
    processes.filter(({ parent }) => parent === pid).flatMap(child => [child.pid, ...below(child.pid)])
  const own = new Set(below(main?.pid ?? -1))
  const page = processes.find(({ pid, words }) => own.has(pid) && words.includes('--type=renderer'))
  if (page === undefined) throw new Error('There is no process that shows the page.')
  return page.pid
}
