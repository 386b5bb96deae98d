import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Conf from 'conf'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberRun } from '../../../../../../src/main/host/electron/settings/recent-runs.ts'
import { defaultSettings, type Settings } from '../../../../../../src/main/host/electron/settings/schema.ts'
import {
  openSettings,
  type SettingsOptions,
} from '../../../../../../src/main/host/electron/settings/settings.ts'

/** Settings in a folder of their own, by electron-store's own base: it differs only in asking Electron for the folder. */
function folder(content?: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'twinlens settings '))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  const file = join(cwd, 'config.json')
  if (content !== undefined) writeFileSync(file, content)
  const told: string[] = []
  const open = (more: Partial<SettingsOptions> = {}, projectVersion = '0.1.0') =>
    openSettings({
      open: options => new Conf<Settings>({ ...options, cwd, projectVersion }),
      file,
      tell: sentence => told.push(sentence),
      log: () => undefined,
      now: () => new Date('2026-11-24T08:09:10.000Z'),
      ...more,
    })
  return { cwd, file, told, open }
}
const aside = 'config.corrupt-2026-11-24T08-09-10.000Z.json'

test('without a file the defaults hold, and nothing is said about it', () => {
  const { open, told } = folder()
  expect(open().get('window')).toEqual(defaultSettings.window)
  expect(told).toEqual([])
})

test('what was set is there the next time', () => {
  const { open } = folder()
  open().set('window', { x: 1, y: 2, width: 900, height: 700, maximized: true })
  expect(open().get('window')).toEqual({ x: 1, y: 2, width: 900, height: 700, maximized: true })
})

describe('a file that cannot be understood', () => {
  test.each([
    ['cut off', '{"window": {"width": 12'],
    ['empty', ''],
    ['of other kinds of values', '{"window": {"width": "wide", "height": 1, "maximized": false}}'],
    ['binary', '\0\0\0\0'],
  ])('because it is %s is kept under another name, word for word, and reported', (_how, content) => {
    const { open, told, cwd } = folder(content)
    const settings = open()
    expect(settings.get('recentRuns')).toEqual([])
    expect(readFileSync(join(cwd, aside), 'utf8')).toBe(content)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(aside)
    settings.set('recentRuns', ['a'])
    expect(open().get('recentRuns')).toEqual(['a'])
    expect(readFileSync(join(cwd, aside), 'utf8')).toBe(content)
  })

  test('where no other can be opened is kept all the same: settings last until the end, and that is said', () => {
    const { open, told, cwd } = folder('{')
    const refuse = () => {
      throw new Error('EACCES')
    }
    const settings = open({ open: refuse })
    settings.set('recentRuns', ['a'])
    expect(settings.get('recentRuns')).toEqual(['a'])
    expect(told).toHaveLength(1)
    expect(readFileSync(join(cwd, aside), 'utf8')).toBe('{')
  })
})

test('settings of an earlier version are migrated before anyone reads them', () => {
  const { open } = folder()
  open().set('recentRuns', ['old'])
  const migrations = { '0.2.0': (store: Conf<Settings>) => store.set('recentRuns', ['migrated']) }
  expect(open({ migrations }, '0.2.0').get('recentRuns')).toEqual(['migrated'])
})

test('a disk that is full when something is to be kept stops nothing, and is logged', () => {
  const { open } = folder()
  const logged: string[] = []
  const full = {
    get: <Key extends keyof Settings>(key: Key) => defaultSettings[key],
    set: () => {
      throw new Error('ENOSPC')
    },
  }
  open({ open: () => full, log: text => logged.push(text) }).set('recentRuns', ['a'])
  expect(logged).toEqual(['The settings were not saved: ENOSPC'])
})

test('recent runs are the newest first, each once, and no more than ten', () => {
  const { open } = folder()
  const settings = open()
  for (let i = 0; i < 12; i++) rememberRun(settings, `run ${i}`)
  rememberRun(settings, 'run 5')
  expect(settings.get('recentRuns')).toEqual(['run 5', ...[11, 10, 9, 8, 7, 6, 4, 3, 2].map(i => `run ${i}`)])
})
