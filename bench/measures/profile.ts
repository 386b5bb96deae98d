import type { Measure } from '../figure.ts'
import { amongOthers } from '../quiet.ts'
import { defaultSize, type Size } from '../trainers.ts'
import { type Answer, ourWorker } from '../worker.ts'

const sizes: readonly Size[] = [defaultSize, { batchSize: 16, hidden: 1024 }, { batchSize: 180, hidden: 256 }]

export const measure: Measure = {
  title: 'where an iteration of the native step goes',
  async run(bench) {
    const figures = []
    for (const { batchSize, hidden } of bench.quick ? [defaultSize] : sizes) {
      const title = `Where an iteration goes, ${batchSize} pairs, hidden ${hidden} and ${hidden}`
      bench.say(title)
      const worker = ourWorker('training.ts', 'native')
      const othersBusy: number[] = []
      const rounds: Answer[] = []
      try {
        await worker.ask('prepare', { kind: 'parts', batchSize, hidden })
        for (let round = 0; round < bench.rounds; round++) {
          const turn = await amongOthers(() => worker.ask('profile', { turnMs: bench.turnMs / 2 }))
          rounds.push(turn.result)
          othersBusy.push(turn.othersBusy)
        }
      } finally {
        await worker.close()
      }
      figures.push({
        id: `profile/${batchSize}x${hidden}`,
        title,
        unit: 'ms' as const,
        contenders: contenders(rounds, othersBusy),
        parts: true,
        note: 'One call into TensorFlow an iteration. What Adam takes is what learning adds to the gradients alone.',
      })
    }
    return figures
  },
}

const contenders = (rounds: readonly Answer[], othersBusy: readonly number[]) => {
  const part = (of: (round: Answer) => number): number[] => rounds.map(of)
  const get = (round: Answer, name: string): number => round[name] ?? Number.NaN
  return [
    { name: 'the whole iteration', samples: part(round => get(round, 'total')), othersBusy },
    { name: 'the eight matrix products', samples: part(round => get(round, 'products')) },
    {
      name: 'everything else of loss and gradients',
      samples: part(round => get(round, 'gradients') - get(round, 'products')),
    },
    { name: 'Adam', samples: part(round => get(round, 'tensorflow') - get(round, 'gradients')) },
    { name: 'JavaScript', samples: part(round => get(round, 'total') - get(round, 'tensorflow')) },
  ]
}
