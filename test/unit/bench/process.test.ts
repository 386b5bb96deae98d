import { expect, test } from 'vitest'
import { peakIsKnown, runProcess } from '../../../bench/process.ts'

const node = (program: string): [string, ...string[]] => [process.execPath, '--eval', program]

test('a process that waits for a line is ended as soon as it prints it', async () => {
  const words = node(
    `console.log('loading'); console.log('iteration 1: loss 2'); setInterval(() => {}, 1000)`,
  )
  const { seconds } = await runProcess({ name: 'it', words, until: 'iteration 1:' })
  expect(seconds).toBeGreaterThan(0)
})

test('a process that fails is told with its last words', async () => {
  const words = node(`console.error('first'); console.error('no memory'); process.exit(4)`)
  await expect(runProcess({ name: 'the script', words })).rejects.toThrow(
    'the script ended with 4. no memory',
  )
})

test('a process that never prints the line is told by its end', async () => {
  const { seconds } = await runProcess({ name: 'it', words: node('0'), until: 'never' })
  expect(seconds).toBeGreaterThan(0)
})

test.runIf(peakIsKnown)('peak memory counts what was given back since', async () => {
  const words = node(`let bytes = Buffer.alloc(200e6, 1); bytes = null; setTimeout(() => {}, 300)`)
  const { peakMB } = await runProcess({ name: 'it', words, watchMemory: true })
  expect(peakMB).toBeGreaterThan(200)
})

test('memory that nobody asked for is not watched', async () => {
  expect((await runProcess({ name: 'it', words: node('0') })).peakMB).toBeNaN()
})
