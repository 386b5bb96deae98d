import { expect, onTestFinished, test } from 'vitest'
import { Team } from '../../../bench/team.ts'
import { Worker } from '../../../bench/worker.ts'

const counting = `
import { createInterface } from 'node:readline'
let turns = 0
for await (const line of createInterface({ input: process.stdin })) {
  const { do: what } = JSON.parse(line)
  console.log(JSON.stringify(what === 'prepare' ? {} : { ms: ++turns }))
}`

function member(name: string, prepare: (worker: Worker) => Promise<void> = async () => undefined) {
  const start = async (): Promise<Worker> =>
    new Worker(name, process.execPath, ['--input-type=module', '--eval', counting])
  return { name, start, prepare }
}

test('the processes of a team live through several races', async () => {
  const team = await Team.gather([member('a'), member('b')])
  onTestFinished(() => team.close())
  const take = (worker: Worker): Promise<number> => worker.number('ms', 'turn')
  expect(await team.race(2, take)).toMatchObject([
    { name: 'a', samples: [1, 2] },
    { name: 'b', samples: [1, 2] },
  ])
  expect(await team.race(1, take)).toMatchObject([
    { name: 'a', samples: [3] },
    { name: 'b', samples: [3] },
  ])
})

test('who cannot start, or cannot be prepared, is told in every race, and the others run', async () => {
  const absent = { ...member('absent'), start: () => Promise.reject(new Error('There is no Python 3.')) }
  const unready = member('unready', () => Promise.reject(new Error('Its data is missing.')))
  const team = await Team.gather([absent, unready, member('a')])
  onTestFinished(() => team.close())
  expect(await team.race(1, worker => worker.number('ms', 'turn'))).toMatchObject([
    { name: 'absent', unavailable: 'There is no Python 3.' },
    { name: 'unready', unavailable: 'Its data is missing.' },
    { name: 'a', samples: [1] },
  ])
})
