import type { Contender, Measure } from '../figure.ts'
import { amongOthers } from '../quiet.ts'
import { defaultSize } from '../trainers.ts'
import { ourWorker } from '../worker.ts'

/** Ops below this share of the iteration are told together. */
const smallShare = 0.01

export const measure: Measure = {
  title: 'where an iteration of the native step goes, by TensorFlow op',
  async run(bench) {
    bench.say('Where an iteration goes')
    const worker = ourWorker('training.ts', 'native')
    const othersBusy: number[] = []
    const rounds: Readonly<Record<string, number>>[] = []
    try {
      await worker.ask('prepare', { kind: 'step', ...defaultSize })
      for (let round = 0; round < bench.rounds; round++) {
        const turn = await amongOthers(() => worker.ask('profile', { turnMs: bench.turnMs }))
        rounds.push(turn.result)
        othersBusy.push(turn.othersBusy)
      }
    } finally {
      await worker.close()
    }
    const contenders = parts(rounds, othersBusy)
    const calls = Object.entries(rounds[0] ?? {}).filter(([name]) => name.startsWith('calls '))
    const ops = calls.reduce((sum, [, count]) => sum + count, 0)
    const note = `${ops.toFixed(1)} ops an iteration, counting what the loop reads back. TensorFlow's CPU ops run one after the other, each waited for, so the parts add up.`
    return [
      {
        id: 'profile',
        title: 'Where an iteration of the native step goes',
        unit: 'ms',
        contenders,
        parts: true,
        note,
      },
    ]
  },
}

/** The whole, each op that counts, the small ones together, and what is left: JavaScript and the calls themselves. */
function parts(
  rounds: readonly Readonly<Record<string, number>>[],
  othersBusy: readonly number[],
): Contender[] {
  const get = (round: Readonly<Record<string, number>>, name: string): number => round[name] ?? 0
  const names = Object.keys(rounds[0] ?? {}).flatMap(name => (name.startsWith('ms ') ? [name.slice(3)] : []))
  const isLarge = (name: string): boolean =>
    rounds.some(round => get(round, `ms ${name}`) > smallShare * get(round, 'total'))
  const sum = (round: Readonly<Record<string, number>>, some: readonly string[]): number =>
    some.reduce((total, name) => total + get(round, `ms ${name}`), 0)
  const small = names.filter(name => !isLarge(name))
  return [
    { name: 'the whole iteration', samples: rounds.map(round => get(round, 'total')), othersBusy },
    ...names.filter(isLarge).map(name => ({
      name: `${Number(get(rounds[0] ?? {}, `calls ${name}`).toFixed(1))} x ${name}`,
      samples: rounds.map(round => get(round, `ms ${name}`)),
    })),
    { name: `${small.length} other kinds of op`, samples: rounds.map(round => sum(round, small)) },
    { name: 'JavaScript', samples: rounds.map(round => get(round, 'total') - sum(round, names)) },
  ]
}
