import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { menuTemplate } from '../../../../../../src/main/host/electron/menu/menu-template.ts'

type Item = MenuItemConstructorOptions

function start(platform: NodeJS.Platform, runs: string[] = []) {
  const done: string[] = []
  const menu = menuTemplate(platform, runs, {
    command: name => done.push(name),
    openPicture: () => done.push('open'),
    showRun: folder => done.push(`run ${folder}`),
    showLogs: () => done.push('logs'),
    openPaper: () => done.push('paper'),
  })
  const items = (list: readonly Item[]): Item[] =>
    list.flatMap(item => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
  const all = items(menu)
  const find = (label: string) => all.find(item => item.label === label) as Item
  const click = (label: string) => (find(label).click as unknown as () => void)()
  return { menu, all, find, click, done }
}

test.each([
  ['Train, Pause or Resume', 'CmdOrCtrl+Enter', 'primary'],
  ['One Iteration', 'CmdOrCtrl+Shift+Enter', 'step'],
  ['Stop and Keep What Was Learned', 'CmdOrCtrl+.', 'stop'],
  ['Keyboard Shortcuts', '?', 'help'],
])('%s shows the window’s own shortcut %s and leaves the key to it', (label, accelerator, command) => {
  const { find, click, done } = start('linux')
  expect(find(label)).toMatchObject({ accelerator, registerAccelerator: false })
  click(label)
  expect(done).toEqual([command])
})

test('opening, the paper and the logs do what they say', () => {
  const { find, click, done } = start('linux')
  expect(find('Search by a Picture…').accelerator).toBe('CmdOrCtrl+O')
  for (const label of ['Search by a Picture…', 'The Method’s Paper', 'Show Logs']) click(label)
  expect(done).toEqual(['open', 'paper', 'logs'])
})

describe('quitting, closing and About are where the platform has them', () => {
  test('on macOS in the menu of the program', () => {
    const { menu, all } = start('darwin')
    expect(menu[0]).toEqual({ role: 'appMenu' })
    const roles = all.map(({ role }) => role)
    expect(roles).toContain('close')
    expect(roles).not.toContain('quit')
    expect(roles).not.toContain('about')
  })

  test.each(['win32', 'linux'] as const)('on %s in File and Help', platform => {
    const roles = start(platform).all.map(({ role }) => role)
    expect(roles).toEqual(expect.arrayContaining(['quit', 'about']))
    expect(roles).not.toContain('appMenu')
  })
})

test('no menu reloads the page or opens its tools', () => {
  const roles = start('linux').all.map(({ role }) => role)
  for (const role of ['reload', 'forceReload', 'toggleDevTools', 'viewMenu'] as const) {
    expect(roles).not.toContain(role)
  }
})

test('recent runs are there, by the names of their folders', () => {
  const { click, done } = start('linux', ['/runs/2026-11-24 & more'])
  click('2026-11-24 && more')
  expect(done).toEqual(['run /runs/2026-11-24 & more'])
})

test('without any the menu says so', () => {
  expect(start('linux').find('No run was saved yet')).toMatchObject({ enabled: false })
})
