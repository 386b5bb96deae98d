import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const program = { darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform as 'darwin'] ?? 'electron'
const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/

let folder: string
let child: ChildProcess | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinlens start '))
})
afterEach(() => {
  if (child?.exitCode === null) child.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

/** An Electron that says what it was started with, and ends. */
function anElectron(exitCode: number, version = 'v99.0.0'): void {
  const path = join(folder, program)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\necho "started with $*"\nexit ${exitCode}\n`)
  chmodSync(path, 0o755)
  writeFileSync(join(folder, 'version'), version)
}

/** Until it ends, or until it has printed what is waited for. */
function start(until: RegExp, words: string[] = ['--no-sandbox'], environment: NodeJS.ProcessEnv = {}) {
  return new Promise<string>(resolve => {
    let text = ''
    child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...words], {
      env: { ...process.env, DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const hear = (more: Buffer) => {
      text += more.toString('utf8')
      if (until.test(text)) resolve(text)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => resolve(text))
  })
}

describe('npm start', () => {
  test('opens the Electron that ELECTRON_OVERRIDE_DIST_PATH names, with what it was given', async () => {
    anElectron(0)
    const text = await start(/started with .*\n/, ['--no-sandbox', 'a picture.png'])
    expect(text).toContain('Twinlens opens in Electron.')
    expect(text).toContain(`started with ${join(root, 'build/electron/main.js')} --no-sandbox a picture.png`)
  })

  test.each([
    ['none lies there', () => undefined, 'which holds no Electron.'],
    ['it is too old', () => anElectron(0, '9.4.1'), /Twinlens needs Electron \d+; the one in .* is 9\./],
    ['it does not start', () => anElectron(127), 'Electron could not start (exit code 127).'],
  ])('opens a browser instead, and says why, where %s', async (_, prepare, reason) => {
    prepare()
    const text = await start(address, ['--no-sandbox', '--no-open'])
    if (typeof reason === 'string') expect(text).toContain(reason)
    else expect(text).toMatch(reason)
    expect(text).toContain('Twinlens opens in your browser.')
    expect(text).toMatch(address)
    expect(text).not.toMatch(/\n {4}at /)
  })

  test.runIf(process.platform === 'linux')('opens a browser where there is no display', async () => {
    anElectron(0)
    const text = await start(address, ['--no-open'], { DISPLAY: '', WAYLAND_DISPLAY: '' })
    expect(text).toContain('There is no display for Electron here. Twinlens opens in your browser.')
  })
})
