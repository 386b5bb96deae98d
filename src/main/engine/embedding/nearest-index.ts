import * as tf from '@tensorflow/tfjs-core'
import { breathe } from './breathe.ts'
import type { Embedding } from './embed.ts'
import { nearestFlat } from './nearest.flat.ts'
import { PlanarIndex } from './nearest.planar.ts'
import { ProductIndex } from './nearest.product.ts'
import { type Neighbours, pointAt } from './nearest.ts'

/** Answers what `nearest` answers, to the last bit, in less time. The gallery must not change meanwhile. */
export interface NearestIndex {
  /** The `count` nearest of one point, [size]. @param exclude gallery index that does not count */
  query(point: Float32Array, count: number, exclude?: number): Neighbours
  /**
   * The `count` nearest of each point, without holding the thread for long.
   * @param excludes for each point the gallery index that does not count, or -1: [points.count]
   * @throws cancelled
   */
  batch(points: Embedding, count: number, excludes?: Int32Array, signal?: AbortSignal): Promise<Neighbours[]>
  /** Frees what it holds in TensorFlow. */
  dispose(): void
}

/** `once`: a search or two, or the gallery will change soon. `often`: many searches pay for building something. */
export type SearchUse = 'once' | 'often'

/** A smaller gallery is scanned about as fast as asked for. */
const worthBuilding = 500

/**
 * The index for this gallery: the one place that chooses between implementations. For `often` it holds the thread while
 * it is built, 20 to 30 ms for 60,000 points and 0.3 s for 1,000,000 in the plane: not during a training.
 */
export function createNearestIndex(gallery: Embedding, use: SearchUse): NearestIndex {
  const { count, size, values } = gallery
  if (use === 'often' && count >= worthBuilding) {
    if (size === 2 && values.every(Number.isFinite)) return oneByOne(new PlanarIndex(gallery))
    // How far its products may be off is known of TensorFlow itself only.
    if (size !== 2 && tf.getBackend() === 'tensorflow') return new ProductIndex(gallery)
  }
  return oneByOne({
    query: (point, most, exclude) => nearestFlat(gallery, point, most, exclude),
  })
}

/** Time between two looks at the event loop, ms. */
const sliceMs = 10

function oneByOne(index: Pick<NearestIndex, 'query'>): NearestIndex {
  return {
    query: (point, count, exclude) => index.query(point, count, exclude),
    batch: async (points, count, excludes, signal) => {
      const found: Neighbours[] = []
      let sliceEnd = 0
      for (let i = 0; i < points.count; i++) {
        if (performance.now() >= sliceEnd) {
          await breathe(signal, 'The search')
          sliceEnd = performance.now() + sliceMs
        }
        found.push(index.query(pointAt(points, i), count, excludes?.[i]))
      }
      return found
    },
    dispose: () => {},
  }
}
