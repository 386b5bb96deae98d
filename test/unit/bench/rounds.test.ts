import { expect, test } from 'vitest'
import { interleave, sentenceOf } from '../../../bench/rounds.ts'

function players(names: readonly string[], log: string[]) {
  return names.map(name => ({
    name,
    take: async (round: number) => {
      log.push(`${name}${round}`)
      return round
    },
  }))
}

test('everybody takes a turn in every round, and each round begins with another one', async () => {
  const log: string[] = []
  const contenders = await interleave(players(['a', 'b', 'c'], log), 3)
  expect(log).toEqual(['a0', 'b0', 'c0', 'b1', 'c1', 'a1', 'c2', 'a2', 'b2'])
  expect(contenders).toMatchObject([
    { name: 'a', samples: [0, 1, 2] },
    { name: 'b', samples: [0, 1, 2] },
    { name: 'c', samples: [0, 1, 2] },
  ])
})

test('who fails has no figure but a reason, and the others go on', async () => {
  const log: string[] = []
  const broken = {
    name: 'broken',
    take: async () => {
      log.push('broken')
      throw new Error('It is not installed.\n    at somewhere')
    },
  }
  const contenders = await interleave([broken, ...players(['a'], log)], 2)
  expect(contenders).toMatchObject([
    { name: 'broken', unavailable: 'It is not installed.' },
    { name: 'a', samples: [0, 1] },
  ])
  expect(log).toEqual(['broken', 'a0', 'a1'])
})

test('what is thrown without being an error is told as it is', () => {
  expect(sentenceOf('no reason')).toBe('no reason')
})

test('how busy others kept the cores is noted for every turn', async () => {
  const [contender] = await interleave(players(['a'], []), 2)
  const shares = contender !== undefined && 'samples' in contender ? contender.othersBusy : undefined
  expect(shares).toHaveLength(2)
  for (const share of shares ?? []) expect(share >= 0 && share <= 1).toBe(true)
})
