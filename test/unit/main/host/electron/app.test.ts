import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { preventable } from '../../../../fakes/electron/fake.ts'
import { until } from '../../../../fixtures/engine-process/processes.ts'
import { first, startApp } from './start-app.ts'

describe('the program', () => {
  test('is one at a time: a second one ends, before it opens anything', async () => {
    const { done, windows, engines } = await startApp({ first: false })
    expect({ done, windows, engines }).toEqual({ done: ['quit'], windows: [], engines: [] })
  })

  test('sets the sandbox and the scheme before it is ready, and denies permissions before there is a page', async () => {
    const { done, windows } = await startApp()
    const before = done.slice(0, done.indexOf('ready'))
    expect(before).toEqual(expect.arrayContaining(['sandbox', 'scheme']))
    expect(done).toEqual(
      expect.arrayContaining(['permission requests', 'permission checks', 'device permissions']),
    )
    expect(windows).toHaveLength(1)
  })

  test('opens a window whose page has no Node, no other origin and a world of its own', async () => {
    const { windows } = await startApp()
    expect(windows[0]?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      preload: 'preload.cjs',
    })
    expect(windows[0]?.options.webPreferences).not.toHaveProperty('enableBlinkFeatures')
    expect(windows[0]?.done).toEqual(['load twinlens://app/index.html'])
  })

  test('remembers where its window was', async () => {
    const { windows, settings } = await startApp()
    windows[0]?.close()
    expect(settings.window).toEqual({ x: 10, y: 20, width: 900, height: 600, maximized: false })
  })

  test('gives a port to its own page, and none to any other', async () => {
    const { ipcMain, windows, logged, page } = await startApp()
    const frame = { url: 'https://example.org/', parent: null }
    ipcMain.emit('twinlens:ask', { sender: windows[0]?.webContents, senderFrame: frame })
    ipcMain.emit('twinlens:ask', { sender: windows[0]?.webContents, senderFrame: null })
    expect(windows[0]?.given).toEqual([])
    expect(logged.filter(text => text.includes('refused'))).toHaveLength(2)
    expect(await (await page()).engine.backend()).toMatchObject({ backend: 'cuda' })
  })
})

describe('a second start', () => {
  test('brings the window to the front and opens what it was asked for', async () => {
    const { app, windows, folder, page } = await startApp()
    app.emit('second-instance', {}, ['mangled'], '/', { argv: ['--flag', 'cat.png'], folder })
    expect(windows[0]?.done).toEqual(expect.arrayContaining(['show', 'focus']))
    const picture = await first((await page()).client.pictures())
    expect(picture).toEqual({ name: 'cat.png', file: new Uint8Array(Buffer.from('cat')) })
  })

  test('that hands over something else only brings the window to the front', async () => {
    const { app, windows, logged } = await startApp()
    app.emit('second-instance', {}, [], '/', { argv: 7 })
    expect(windows[0]?.done).toEqual(expect.arrayContaining(['show', 'focus']))
    expect(logged.join('')).not.toContain('not opened')
  })
})

describe('what it is asked to open', () => {
  test('at its start waits for the page', async () => {
    const { page } = await startApp({ started: { argv: ['$/cat.png'], folder: '/' } })
    expect(await first((await page()).client.pictures())).toMatchObject({ name: 'cat.png' })
  })

  test('by macOS, before it is ready, waits too', async () => {
    const { event, prevented } = preventable()
    const { page } = await startApp({ platform: 'darwin', sent: { event, path: '$/cat.png' } })
    expect(prevented()).toBe(true)
    expect(await first((await page()).client.pictures())).toMatchObject({ name: 'cat.png' })
  })

  test('is opened in the window if it is a run', async () => {
    const { page, folder } = await startApp({ started: { argv: ['$/a run'], folder: '/' } })
    expect(await first((await page()).client.runs())).toBe(join(folder, 'a run'))
  })

  test.each([
    ['notes.txt', 'it is no picture'],
    ['none.png', 'there is no such file'],
    ['.', 'it is a folder that holds no saved run'],
  ])('is refused with a reason: %s, for %s', async (name, why) => {
    const { page } = await startApp({ started: { argv: [`$/${name}`], folder: '/' } })
    expect(await first((await page()).client.notices())).toContain(why)
  })
})

describe('quitting', () => {
  test('without a training ends the engine, then the program', async () => {
    const { quit, done, questions, engines, page } = await startApp()
    await page()
    quit()
    await until(() => done.includes('quit'))
    expect(questions).toEqual([])
    expect(engines[0]?.messages.at(-1)).toBe('end')
  })

  test('during a training asks, and saves what was learned', async () => {
    const { quit, train, done, questions, logged, settings, page } = await startApp({ answers: [0] })
    await train()
    const { client } = await page()
    quit()
    expect(await first(client.notices())).toContain('Stopping the training and saving')
    await until(() => done.includes('quit'))
    expect(questions).toEqual(['A training is under way.'])
    expect(logged).toContain('Saved as a folder')
    expect(settings.recentRuns).toEqual(['a folder'])
  })

  test('during a training can be taken back: it goes on, the window stays, and the next time asks again', async () => {
    const { quit, train, done, questions, windows } = await startApp({ answers: [1, 1] })
    const { engine } = await train()
    quit()
    await until(() => questions.length === 1)
    await setTimeout(10)
    quit()
    await until(() => questions.length === 2)
    expect(await first(engine.training())).toMatchObject({ phase: 'running' })
    expect(done).not.toContain('quit')
    expect(windows[0]?.window.isDestroyed()).toBe(false)
  })

  test('during a training can give it up', async () => {
    const { quit, train, done, logged } = await startApp({ answers: [2] })
    await train()
    quit()
    await until(() => done.includes('quit'))
    expect(logged.join('')).not.toContain('Saved as')
  })

  test('asks but once, however often it is asked for', async () => {
    const { quit, train, done, questions } = await startApp({ answers: [0] })
    await train()
    quit()
    quit()
    await until(() => done.includes('quit'))
    expect(questions).toHaveLength(1)
  })

  test('is asked about again when the engine crashes while it saves', async () => {
    const { quit, train, done, questions, engines, logged } = await startApp({ answers: [0, 0] })
    const { client } = await train()
    const stopping = first(client.notices())
    quit()
    expect(await stopping).toContain('Stopping the training and saving')
    engines[0]?.crash()
    await until(() => questions.length === 2)
    expect(questions.at(-1)).toBe('The training was not saved.')
    expect(logged.join('')).toContain('The training was not saved: ')
    expect(done).not.toContain('quit')
  })

  test('is what closing the window means, so a training is asked about while it is still there', async () => {
    const { train, questions, windows } = await startApp({ answers: [1] })
    await train()
    expect(windows[0]?.close()).toBe(false)
    await until(() => questions.length === 1)
    expect(windows[0]?.window.isDestroyed()).toBe(false)
  })
})

test('on macOS a training goes on without a window, and a new one comes back to it', async () => {
  const { app, train, done, windows, page } = await startApp({ platform: 'darwin' })
  await train()
  expect(windows[0]?.close()).toBe(true)
  app.emit('window-all-closed')
  expect(done).not.toContain('quit')
  app.emit('activate')
  expect(windows).toHaveLength(2)
  expect(await first((await page()).engine.training())).toMatchObject({ phase: 'running' })
})

test('a training goes on when the window’s process dies, and the page that is loaded anew finds it', async () => {
  const { train, windows, page, logged } = await startApp()
  await train()
  windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
  await until(() => windows[0]?.done.includes('reload') === true)
  expect(logged.join('')).toContain('crashed, exit code 5')
  expect(await first((await page()).engine.training())).toMatchObject({ phase: 'running' })
})

test('a finished training is among the recent runs of the menu, and of the system', async () => {
  const { train, menu, done } = await startApp()
  const { engine } = await train()
  await engine.stop()
  await until(() => done.includes('recent a folder'))
  expect(JSON.stringify(menu())).toContain('"a folder"')
})

test('the menu’s commands reach the page', async () => {
  const { menu, page } = await startApp()
  const training = menu().find(({ label }) => label === '&Training')?.submenu
  const [item] = training as Electron.MenuItemConstructorOptions[]
  const click = item?.click as (() => void) | undefined
  click?.()
  expect(await first((await page()).client.commands())).toBe('primary')
})
