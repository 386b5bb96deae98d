/** Searches as the product does, on the backend of TWINLENS_BACKEND. */
import { readFile } from 'node:fs/promises'
import type { Embedding } from '../../src/main/engine/embedding/embed.ts'
import { pointAt } from '../../src/main/engine/embedding/nearest.ts'
import { createNearestIndex, type NearestIndex } from '../../src/main/engine/embedding/nearest-index.ts'
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'
import { median } from '../statistics.ts'
import { numberOf, serve, textOf, timed } from './protocol.ts'

const neighbours = 9
const none: Embedding = { values: new Float32Array(0), count: 0, size: 0 }
let gallery = none
let queries = none
let index: NearestIndex | undefined

await openBackend()
await serve({
  load: async request => {
    const size = numberOf(request, 'size')
    gallery = await readPoints(textOf(request, 'points'), size)
    queries = await readPoints(textOf(request, 'queries'), size)
    build()
    return {}
  },
  build: async () => ({ ms: build() }),
  /** ms a query alone, the median of those of this turn */
  one: async request => {
    const turnMs = numberOf(request, 'turnMs')
    const times: number[] = []
    const started = performance.now()
    for (let i = 0; i < 2 || performance.now() - started < turnMs; i++) {
      const before = performance.now()
      built().query(pointAt(queries, i % queries.count), neighbours)
      if (i > 0) times.push(performance.now() - before)
    }
    return { ms: median(times) }
  },
  /** ms for all queries together */
  batch: async request => ({
    ms: await timed(numberOf(request, 'turnMs'), async () => {
      await built().batch(queries, neighbours)
    }),
  }),
  /** sum of the distances found */
  check: async () => {
    const found = await built().batch(queries, neighbours)
    return { sum: found.reduce((sum, { distances }) => sum + distances.reduce((a, b) => a + b, 0), 0) }
  },
})

/** @returns ms it took */
function build(): number {
  index?.dispose()
  const started = performance.now()
  index = createNearestIndex(gallery, 'often')
  return performance.now() - started
}

function built(): NearestIndex {
  if (index === undefined) throw new Error('No points were loaded.')
  return index
}

async function readPoints(file: string, size: number): Promise<Embedding> {
  const { buffer, byteOffset, byteLength } = await readFile(file)
  const values = new Float32Array(buffer, byteOffset, byteLength / 4)
  return { values, count: values.length / size, size }
}
