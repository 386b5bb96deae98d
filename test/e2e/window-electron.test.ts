import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { makeApp } from '../electron-9/build.ts'
import { electron9 } from '../electron-9/get-electron.ts'
import { type Desktop, launch } from '../electron-9/launch.ts'
import { fillSmallJob } from '../support/window.ts'
import { scatterHues } from './window-colours.ts'

const long = 60_000
const artifacts = join(import.meta.dirname, '../../build/artifacts')
const electron = electron9()

test.runIf('reason' in electron)(`is not run: ${'reason' in electron ? electron.reason : ''}`, context => {
  context.skip()
})

describe.runIf('folder' in electron)('the desktop program, on a real Electron', () => {
  const program = join('folder' in electron ? electron.folder : '', 'electron')
  const app = mkdtempSync(join(tmpdir(), 'twinlens-electron-'))
  let desktop: Desktop
  const phase = (text: string) =>
    desktop.page.locator('.run-bar .phase', { hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: long })
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name, exact: true })

  beforeAll(async () => {
    await makeApp(app)
    desktop = await launch(program, { words: [app] })
  })
  afterAll(async () => {
    await desktop?.close()
    rmSync(app, { recursive: true, force: true })
  })

  test('opens its window under its own scheme; the engine answers through the preload’s port', async () => {
    await desktop.page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
    expect(desktop.page.url()).toBe('twinlens://app/index.html')
    await desktop.page.getByText(/TensorFlow 2\.\d+.*, native/).waitFor()
    expect(await desktop.page.locator('.notice').allInnerTexts()).toEqual([])
  })

  test('shows digits and pairs', async () => {
    const digits = desktop.page.getByRole('list', { name: 'Nine random training images' })
    const inks = await digits.locator('canvas').evaluateAll(all =>
      (all as HTMLCanvasElement[]).map(
        one =>
          one
            .getContext('2d')!
            .getImageData(0, 0, one.width, one.height)
            .data.filter((value, i) => i % 4 === 0 && value > 200).length,
      ),
    )
    expect(inks).toHaveLength(9)
    for (const ink of inks) expect(ink).toBeGreaterThan(5)
  })

  test('has no Node and no Electron in its page', async () => {
    expect(
      await desktop.page.evaluate(() => ['require', 'process', 'module'].filter(name => name in window)),
    ).toEqual([])
    const fetched = desktop.page.evaluate(() =>
      fetch('twinlens://app/..%2felectron%2fmain.cjs').then(answer => answer.status),
    )
    expect(await fetched).toBe(404)
  })

  test('trains sixty iterations natively; loss and scatter are drawn', async () => {
    await fillSmallJob(desktop.page, 60)
    await button('Train').click()
    await phase('Done')
    expect(await scatterHues(desktop.page)).toBeGreaterThanOrEqual(8)
    const drawn = await desktop.page
      .locator('section[aria-labelledby=loss-title] canvas')
      .first()
      .evaluate(one => {
        const canvas = one as HTMLCanvasElement
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        // The curve's blue: axes, ticks and the raw losses are grey.
        return data.filter((red, i) => i % 4 === 0 && (data[i + 2] as number) - red > 60).length
      })
    expect(drawn).toBeGreaterThan(200)
    const run = await openRun((await desktop.page.locator('.result code').innerText()).trim())
    expect(run.losses).toHaveLength(60)
  })

  test('answers a search', async () => {
    await button('Random test image').click()
    const found = desktop.page.getByRole('button', { name: /^\d+: class .*, distance .*, test image \d+$/ })
    await found.nth(8).waitFor({ timeout: long })
    mkdirSync(artifacts, { recursive: true })
    writeFileSync(join(artifacts, 'electron.png'), await desktop.page.screenshot())
  })

  test('an engine that is killed while it trains comes back, and what was saved is there', async () => {
    const { page } = desktop
    const saved = (await page.locator('.result code').innerText()).trim()
    await fillSmallJob(page, 100_000)
    await button('Train').click()
    await phase('Training')
    const before = desktop.enginePid()
    process.kill(before, 'SIGKILL')
    await page
      .locator('.notice', { hasText: 'The engine stopped unexpectedly and was started again.' })
      .waitFor({
        timeout: long,
      })
    await page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
    expect(desktop.enginePid()).not.toBe(before)
    expect((await openRun(saved)).losses).toHaveLength(60)
  })
})

describe.runIf('folder' in electron)('a broken program', () => {
  const program = join('folder' in electron ? electron.folder : '', 'electron')

  test.each([
    ['preload', 'preload.cjs', "'use strict'", /Timeout 4000ms exceeded[\s\S]*Connected/],
    ['main', 'main.cjs', "require('electron').app.quit()", /page did not come/],
  ])('does not pass the first step above: %s', async (_, file, code, fault) => {
    const app = mkdtempSync(join(tmpdir(), 'twinlens-broken-'))
    await makeApp(app)
    writeFileSync(join(app, 'build/electron', file), code)
    const connects = async () => {
      const desktop = await launch(program, { words: [app] })
      try {
        await desktop.page.getByText('Connected', { exact: true }).waitFor({ timeout: 4000 })
      } finally {
        await desktop.close()
      }
    }
    await expect(connects()).rejects.toThrow(fault)
    rmSync(app, { recursive: true, force: true })
  })
})
