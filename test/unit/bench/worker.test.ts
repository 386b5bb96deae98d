import { expect, onTestFinished, test } from 'vitest'
import { Worker } from '../../../bench/worker.ts'

function start(program: string): Worker {
  const worker = new Worker('the worker', process.execPath, ['--input-type=module', '--eval', program])
  onTestFinished(() => worker.close())
  return worker
}

const answering = `
import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, value } = JSON.parse(line)
  if (what === 'end') { console.error('out of memory'); process.exit(3) }
  console.log(JSON.stringify(what === 'double' ? { twice: 2 * value } : { error: 'That is not known.' }))
}`

test('answers come back to whoever asked, in order', async () => {
  const worker = start(answering)
  const answers = await Promise.all([1, 2, 3].map(value => worker.number('twice', 'double', { value })))
  expect(answers).toEqual([2, 4, 6])
})

test('what a worker cannot do it says in its own words, and goes on', async () => {
  const worker = start(answering)
  await expect(worker.ask('halve')).rejects.toThrow('That is not known.')
  expect(await worker.ask('double', { value: 4 })).toEqual({ twice: 8 })
})

test('a number that was not answered is told by name', async () => {
  await expect(start(answering).number('ms', 'double', { value: 1 })).rejects.toThrow('did not say "ms"')
})

test('a worker that ends says so, with its last words, to whoever waits and whoever asks later', async () => {
  const worker = start(answering)
  await expect(worker.ask('end')).rejects.toThrow('the worker ended with 3. out of memory')
  await expect(worker.ask('double')).rejects.toThrow('the worker has ended. out of memory')
})

test('a program that cannot be started is told', async () => {
  const worker = new Worker('the peer', 'no-such-program-anywhere', [])
  await expect(worker.ask('anything')).rejects.toThrow('the peer could not be started')
})
