import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngineLog } from '../../../../../src/main/host/engine-process/engine-log.ts'
import { temporaryFolder } from '../../../../support/files.ts'

const now = () => new Date(0)
const fail = (fault: string) => {
  throw new Error(fault)
}

test('lines are kept with their time, over several hosts', async () => {
  const folder = join(await temporaryFolder(), 'a', 'b')
  const log = openEngineLog(folder, fail, now)
  log.write('one\n')
  log.write('two')
  openEngineLog(folder, fail, now).write('three\n')
  const time = '1970-01-01T00:00:00.000Z'
  expect(readFileSync(log.file, 'utf8')).toBe(`${time} one\n${time} two\n${time} three\n`)
})

test('a large one becomes the old one, and replaces the one before', async () => {
  const folder = await temporaryFolder()
  const log = openEngineLog(folder, fail, now)
  const large = (mark: string) => mark.repeat(3 * 1024 * 1024)
  for (const mark of ['a', 'b', 'c']) log.write(large(mark))
  expect(readFileSync(log.file, 'utf8').at(-2)).toBe('c')
  expect(readFileSync(join(folder, 'engine.old.log'), 'utf8').at(-2)).toBe('b')
})

test('one that cannot be written is told once, and harms nobody', async () => {
  const folder = await temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  const faults: string[] = []
  const log = openEngineLog(join(folder, 'file'), fault => faults.push(fault))
  log.write('one')
  log.write('two')
  expect(faults).toEqual([expect.stringContaining("The engine's log cannot be written")])
})
