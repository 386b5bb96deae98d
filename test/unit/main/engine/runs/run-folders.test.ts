import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { dataFolder, newRunFolder } from '../../../../../src/main/engine/runs/run-folders.ts'
import { temporaryFolder } from '../../../../support/files.ts'

const before = process.env['TWINLENS_DATA']
afterEach(() => {
  if (before === undefined) delete process.env['TWINLENS_DATA']
  else process.env['TWINLENS_DATA'] = before
})

test('a run is named by the time, and counted where the name is taken', async () => {
  const folder = await temporaryFolder()
  process.env['TWINLENS_DATA'] = folder
  const time = new Date(2026, 0, 2, 3, 4, 5)
  const first = newRunFolder(time)
  expect(first).toBe(join(folder, 'runs', '2026-01-02 03-04-05'))
  await mkdir(first, { recursive: true })
  expect(newRunFolder(time)).toBe(`${first} (2)`)
  await mkdir(`${first} (2)`)
  expect(newRunFolder(time)).toBe(`${first} (3)`)
})

test('without TWINLENS_DATA the data folder is the person’s own', () => {
  delete process.env['TWINLENS_DATA']
  expect(dataFolder()).toMatch(/twinlens$/i)
})
