import { setImmediate } from 'node:timers/promises'
import type { Dialog, MessageBoxOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { recoverWindow } from '../../../../../../src/main/host/electron/window/recovery.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'
import { fakeWindow } from '../../../../../fakes/electron/window.ts'

function start(answer = 0) {
  const shown = fakeWindow()
  const asked: MessageBoxOptions[] = []
  const logged: string[] = []
  let time = 0
  let quits = 0
  let wait: Promise<unknown> = Promise.resolve()
  recoverWindow(shown.window, {
    dialog: fake<Dialog>({
      showMessageBox: async (...given: unknown[]) => {
        asked.push(given.at(-1) as MessageBoxOptions)
        await wait
        return { response: answer, checkboxChecked: false }
      },
    }),
    quit: () => quits++,
    log: text => logged.push(text),
    now: () => time,
  })
  const crash = async (reason = 'crashed') => {
    shown.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 })
    await setImmediate()
  }
  return {
    ...shown,
    asked,
    logged,
    crash,
    quits: () => quits,
    later: (ms: number) => {
      time += ms
    },
    hold: (promise: Promise<unknown>) => {
      wait = promise
    },
  }
}

describe('a window whose process dies', () => {
  test('comes back at once, and the reason is logged', async () => {
    const { crash, done, logged, asked } = start()
    await crash('oom')
    expect({ done, asked }).toEqual({ done: ['reload'], asked: [] })
    expect(logged).toEqual(["The window's process is gone: oom, exit code 5."])
  })

  test('is not loaded while Electron still tells of the death: that would end this process too', () => {
    const { webContents, done } = start()
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    expect(done).toEqual([])
  })

  test('and is closed meanwhile stays closed', async () => {
    const { crash, close, done } = start()
    const dead = crash()
    close()
    await dead
    expect(done).toEqual([])
  })

  test('again and again asks before the third try within a minute', async () => {
    const { crash, done, asked } = start()
    for (let i = 0; i < 3; i++) await crash()
    expect(asked.map(({ message }) => message)).toEqual(['The window keeps failing.'])
    expect(done).toEqual(['reload', 'reload', 'reload'])
  })

  test('again and again can be given up', async () => {
    const { crash, done, quits } = start(1)
    for (let i = 0; i < 3; i++) await crash()
    expect({ done, quits: quits() }).toEqual({ done: ['reload', 'reload'], quits: 1 })
  })

  test('now and then comes back every time', async () => {
    const { crash, later, done, asked } = start()
    for (let i = 0; i < 5; i++) {
      await crash()
      later(40_000)
    }
    expect({ loads: done.length, asked }).toEqual({ loads: 5, asked: [] })
  })

  test('because it was closed stays closed', async () => {
    const { crash, done } = start()
    await crash('clean-exit')
    expect(done).toEqual([])
  })
})

describe('a window that hangs', () => {
  test('is waited for if the person says so', async () => {
    const { window, done, asked } = start(0)
    window.emit('unresponsive')
    await setImmediate()
    expect(asked).toHaveLength(1)
    expect(done).toEqual([])
  })

  test('is ended and loaded anew if the person says so', async () => {
    const { window, crash, done } = start(1)
    window.emit('unresponsive')
    await setImmediate()
    await crash('killed')
    expect(done).toEqual(['crash', 'reload'])
  })

  test('and then responds takes the question back, and asks but once', async () => {
    const { window, hold, asked, done } = start(1)
    const { promise, resolve } = Promise.withResolvers<void>()
    hold(promise)
    window.emit('unresponsive')
    window.emit('unresponsive')
    window.emit('responsive')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.signal?.aborted).toBe(true)
    resolve()
    await setImmediate()
    expect(done).toEqual([])
  })
})
