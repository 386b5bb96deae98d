import type { Embedding } from '../../src/main/engine/embedding/embed.ts'
import { drawPairs, hardestPairs } from '../../src/main/engine/embedding/hard-pairs.ts'
import { keptNeighbours } from '../../src/main/engine/embedding/kept-neighbours.ts'
import { align } from '../../src/main/engine/embedding/procrustes.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import type { momentCalls } from '../../src/shared/contract/moments.ts'
import type { pairCalls } from '../../src/shared/contract/pairs.ts'
import type { sideBySideCalls } from '../../src/shared/contract/side-by-side.ts'
import type { DigitsChoice, MomentRef, Moments, Points } from '../../src/shared/contract.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'
import { fakeLabel } from './fake-digits.ts'
import type { FakeTraining } from './fake-training.ts'

/** A moment a twentieth of the way, and the newest. */
function listOf({ state }: FakeTraining): Moments {
  const step = Math.max(1, Math.floor(state.iterations / 20))
  const whole = Array.from({ length: Math.floor(state.iteration / step) + 1 }, (_, i) => i * step)
  const all = state.training === 0 ? [] : [...new Set([...whole, state.iteration])]
  const iterations = Int32Array.from(all)
  return { training: state.training, iterations, oldestIterations: iterations }
}

/** The calls of the past, from a training that can tell its points at any iteration. */
export function fakeMoments(
  training: () => FakeTraining,
  data: () => Pick<DigitsChoice, 'testCount'>,
  follow: (
    signal: AbortSignal,
    read: (training: FakeTraining) => Moments | null,
  ) => AsyncGenerator<Moments, void>,
) {
  const pointsAt = (ref: MomentRef): Points => {
    const iteration = ref.kind === 'now' ? training().state.iteration : ref.iteration
    const points = training().points(data().testCount, iteration ?? training().state.iterations)
    if (points === null) throw invalidInput('There are no points yet: train first.')
    return points
  }
  return {
    moments: (_, { signal }) => follow(signal, listOf),
    moment: pointsAt,
    hardestPairs: ({ of, drawn, seed, most }) => {
      const { iteration, values, size } = pointsAt(of)
      const count = values.length / size
      const labels = Uint16Array.from({ length: count }, (_, i) => fakeLabel(i))
      const margin = training().state.hyperparameters?.margin ?? 1
      const pairs = drawPairs(labels, drawn, Random.seeded(seed, 'display'))
      return { iteration, margin, ...hardestPairs({ values, size, count }, pairs, margin, most) }
    },
    savedRuns: () => [],
    runMoments: ({ run }) => {
      throw invalidInput(`There is no saved run "${run}".`)
    },
    sideBySide: async ({ first, second, neighbours }) => {
      const [a, b] = [pointsAt(first), pointsAt(second)]
      const [x, y] = [a, b].map(({ values, size }) => ({ values, size, count: values.length / size })) as [
        Embedding,
        Embedding,
      ]
      const { embedding: aligned, disparity } = align(x, y)
      return {
        first: a,
        second: b,
        aligned: { ...aligned, disparity },
        kept: await keptNeighbours(x, y, neighbours),
      }
    },
    paths: travellers => {
      const { iterations, training: number } = listOf(training())
      const asked = travellers.kind === 'images' ? travellers.indices : travellers.labels
      const all = Array.from(iterations, iteration =>
        pointsAt({ kind: 'training', training: number, iteration }),
      )
      const size = all[0]?.size ?? 1
      const placeOf = ({ values }: Points, traveller: number): number[] => {
        const members = Array.from({ length: values.length / size }, (_, i) => i).filter(i =>
          travellers.kind === 'images' ? i === traveller : fakeLabel(i) === traveller,
        )
        const sum = (feature: number) =>
          members.reduce((total, i) => total + (values[i * size + feature] ?? 0), 0)
        return Array.from({ length: size }, (_, feature) => sum(feature) / members.length)
      }
      const values = Float32Array.from(
        [...asked].flatMap(traveller => all.flatMap(points => placeOf(points, traveller))),
      )
      return { training: number, iterations, values, size }
    },
  } satisfies Handlers<typeof momentCalls & typeof pairCalls & typeof sideBySideCalls>
}
