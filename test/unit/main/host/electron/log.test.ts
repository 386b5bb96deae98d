import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import electronLog from 'electron-log/node.js'
import { expect, onTestFinished, test } from 'vitest'
import { openLog } from '../../../../../src/main/host/electron/log.ts'

test('a log is on the disk at once, begins anew when it is large, and keeps the one before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinlens log '))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { file, write } = openLog(folder)
  // Six megabytes on the terminal help nobody.
  electronLog.transports.console.level = false
  write('first\n')
  expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT\S+ first\r?\n$/)
  write('x'.repeat(6 * 1024 * 1024))
  write('last')
  expect(readFileSync(file, 'utf8')).toMatch(/^\S+ last\r?\n$/)
  expect(readdirSync(folder).sort()).toEqual(['twinlens.log', 'twinlens.old.log'])
  expect(readFileSync(join(folder, 'twinlens.old.log'), 'utf8')).toContain('first')
})
