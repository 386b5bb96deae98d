import { UMAP } from 'umap-js'
import { exactNeighbours } from './exact-neighbours.ts'
import { principalComponents, project } from './pca.ts'
import { seededRandom } from './seeded-random.ts'

export interface UmapSettings {
  /** 2 or 3. */
  readonly dimensions: number
  /** How many points around each one count as near, itself left out. */
  readonly neighbours: number
  /** How close points may come to one another. */
  readonly minDistance: number
  /** The same seed gives the same picture. */
  readonly seed: number
}

export interface UmapProgress {
  readonly step: 'neighbours' | 'graph' | 'layout'
  /** Of the step, 0 to 1. */
  readonly share: number
}

/** Width of what the layout starts from, as the reference implementation has it. */
const startSpan = 20

/**
 * UMAP (McInnes, Healy and Melville, 2018) of all points. It starts from the principal components, not from chance: the
 * large picture is then the data's own (Kobak and Linderman, "Initialization is critical for preserving global data
 * structure in both t-SNE and UMAP", 2021).
 * @param values [points, size] @returns [points, dimensions]
 */
export function umap(
  values: Float32Array,
  size: number,
  { dimensions, neighbours, minDistance, seed }: UmapSettings,
  onProgress: (progress: UmapProgress) => void = () => {},
): Float32Array {
  const random = seededRandom(seed)
  const points = values.length / size
  const near = exactNeighbours(values, size, neighbours + 1, share =>
    onProgress({ step: 'neighbours', share }),
  )
  onProgress({ step: 'graph', share: 0 })
  const layout = new UMAP({
    nComponents: dimensions,
    nNeighbors: neighbours + 1,
    minDist: minDistance,
    random,
  })
  layout.setPrecomputedKNN(near.indices, near.distances)
  const rows = Array.from({ length: points }, (_, i) => Array.from(values.subarray(i * size, (i + 1) * size)))
  const epochs = layout.initializeFit(rows)
  const embedding = layout.getEmbedding()
  startFromComponents(embedding, values, size, dimensions, random)
  for (let epoch = 0; epoch < epochs; epoch++) {
    layout.step()
    onProgress({ step: 'layout', share: (epoch + 1) / epochs })
  }
  return Float32Array.from(layout.getEmbedding().flat())
}

/** In place, as the library's own state is; a little noise keeps points at one place apart. */
function startFromComponents(
  embedding: number[][],
  values: Float32Array,
  size: number,
  dimensions: number,
  random: () => number,
): void {
  const start = project(values, size, principalComponents(values, size, dimensions))
  let most = 0
  for (const value of start) if (Math.abs(value) > most) most = Math.abs(value)
  const scale = most > 0 ? startSpan / 2 / most : 1
  embedding.forEach((row, i) => {
    for (let k = 0; k < dimensions; k++)
      row[k] = (start[i * dimensions + k] as number) * scale + (random() - 0.5) * 0.001 * startSpan
  })
}
