import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { numberOf, textOf, timed } from '../../../../bench/ours/protocol.ts'
import { Worker } from '../../../../bench/worker.ts'

const protocol = pathToFileURL(join(import.meta.dirname, '../../../../bench/ours/protocol.ts')).href

const program = `
import { numberOf, serve } from ${JSON.stringify(protocol)}
await serve({
  double: async request => {
    console.log('a greeting between')
    return { twice: 2 * numberOf(request, 'value') }
  },
})`

test('serves a worker: answers, refusals, and what a library prints in between is no answer', async () => {
  const worker = new Worker('ours', process.execPath, ['--input-type=module', '--eval', program])
  onTestFinished(() => worker.close())
  expect(await worker.ask('double', { value: 21 })).toEqual({ twice: 42 })
  await expect(worker.ask('double')).rejects.toThrow('The request lacks the number "value".')
  await expect(worker.ask('halve')).rejects.toThrow('Nobody knows how to "halve".')
  expect(await worker.ask('double', { value: 1 })).toEqual({ twice: 2 })
})

test('a request must have what is asked of it', () => {
  expect(numberOf({ rows: 3 }, 'rows')).toBe(3)
  expect(() => textOf({ kind: 3 }, 'kind')).toThrow('The request lacks the text "kind".')
})

test('timed work is repeated at least once beside the repetition that warms up', async () => {
  let repetitions = 0
  const ms = await timed(0, async () => {
    repetitions++
  })
  expect(repetitions).toBe(2)
  expect(ms).toBeGreaterThanOrEqual(0)
})
