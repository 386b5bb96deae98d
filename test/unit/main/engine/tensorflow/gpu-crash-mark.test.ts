import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { GpuCrashMark } from '../../../../../src/main/engine/tensorflow/gpu-crash-mark.ts'
import { temporaryFolder } from '../../../../support/files.ts'

const hour = 60 * 60 * 1000
/** More than any system gives. */
const gone = 2 ** 30

async function make(content?: object): Promise<{ file: string; mark: GpuCrashMark }> {
  const file = join(await temporaryFolder(), 'data', 'gpu-in-use.json')
  const mark = new GpuCrashMark(file)
  mark.set('card', 0)
  if (content === undefined) mark.clear()
  else writeFileSync(file, JSON.stringify(content))
  return { file, mark }
}

test('a card that was never used is not left alone', async () => {
  expect((await make()).mark.reason('card')).toBeUndefined()
})

test('a card whose engine ended while it computed is left alone for a day', async () => {
  const { mark } = await make({ gpu: 'card', pid: gone, since: 0 })
  expect(mark.reason('card', hour)).toBe(
    'The engine ended unexpectedly while card computed, so it is left alone for a day.',
  )
  expect(mark.reason('card', 25 * hour)).toBeUndefined()
  expect(mark.reason('another card', hour)).toBeUndefined()
})

test('a card that another engine computes on right now is not blamed', async () => {
  const { mark } = await make({ gpu: 'card', pid: process.pid, since: 0 })
  expect(mark.reason('card', hour)).toBeUndefined()
})

test('the mark goes with its use, and with an orderly end of the process', async () => {
  const { file, mark } = await make()
  mark.set('card')
  expect(existsSync(file)).toBe(true)
  mark.clear()
  expect(existsSync(file)).toBe(false)
  const listeners = process.listeners('exit')
  mark.set('card')
  const added = process.listeners('exit').filter(one => !listeners.includes(one))
  for (const listener of added) listener.call(process, 0)
  expect(existsSync(file)).toBe(false)
})

test('half a file is no mark', async () => {
  const { file, mark } = await make({})
  writeFileSync(file, '{"gpu": "ca')
  expect(mark.reason('card')).toBeUndefined()
})
