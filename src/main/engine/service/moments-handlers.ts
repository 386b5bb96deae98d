import type { momentCalls } from '../../../shared/contract/moments.ts'
import type { Paths, Points, Travellers } from '../../../shared/contract.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import type { Embedding } from '../embedding/embed.ts'
import type { ServiceContext } from './context.ts'
import type { LivePoints } from './live-embedding.ts'
import { openMoment } from './open-moment.ts'

export const momentHandlers = (context: ServiceContext) =>
  ({
    moments: (_, { signal }) => context.live.moments.listen(signal, context.live.past.list),
    moment: async (ref): Promise<Points> => {
      const { training, iteration, oldestIteration, embedding } = await openMoment(ref, context)
      return { training, iteration, oldestIteration, values: embedding.values, size: embedding.size }
    },
    paths: travellers => {
      const { training } = context.live.past.list
      return { training, ...pathsOf(context.live.past.all, travellers, context.data().test.labels) }
    },
  }) satisfies Handlers<typeof momentCalls>

/**
 * Where each traveller was at each moment. One pass over the moments; the class means take one over their points.
 * @throws invalid-input: there is no moment yet, or no such image or class
 */
export function pathsOf(
  moments: readonly LivePoints[],
  travellers: Travellers,
  labels: Uint16Array,
): Omit<Paths, 'training'> {
  const first = moments[0]
  if (first === undefined) throw invalidInput('There is no way to show yet: train first.')
  const { size, count } = first.embedding
  const asked = travellers.kind === 'images' ? travellers.indices : travellers.labels
  const values = new Float32Array(asked.length * moments.length * size)
  moments.forEach(({ embedding }, moment) => {
    const places = travellers.kind === 'images' ? embedding : classMeans(embedding, labels)
    asked.forEach((traveller, i) => {
      const what = travellers.kind === 'images' ? 'test image' : 'class'
      if (traveller < 0 || traveller >= (travellers.kind === 'images' ? count : places.count))
        throw invalidInput(`There is no ${what} ${traveller}.`)
      const place = places.values.subarray(traveller * size, (traveller + 1) * size)
      values.set(place, (i * moments.length + moment) * size)
    })
  })
  return { iterations: Int32Array.from(moments, ({ iteration }) => iteration), values, size }
}

/** Mean point of each class, up to the last that occurs; NaN for one without a point. */
function classMeans({ values, size }: Embedding, labels: Uint16Array): Embedding {
  const count = labels.reduce((most, label) => Math.max(most, label), 0) + 1
  const sums = new Float64Array(count * size)
  const counts = new Uint32Array(count)
  labels.forEach((label, index) => {
    counts[label] = (counts[label] as number) + 1
    for (let i = 0; i < size; i++)
      sums[label * size + i] = (sums[label * size + i] as number) + (values[index * size + i] as number)
  })
  const means = Float32Array.from(sums, (sum, i) => sum / (counts[Math.floor(i / size)] as number))
  return { values: means, count, size }
}
