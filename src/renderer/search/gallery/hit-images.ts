import type { Origin } from '../../../shared/contract.ts'
import { imagesKey } from '../../datasets/same-images.ts'
import { type Engine, useEngine } from '../../engine.ts'
import { TestImages } from '../test-images.ts'

/** An image that was found. */
export interface Spot {
  readonly origin: Origin
  readonly index: number
  /** The gallery of pictures that was searched; null where none was. */
  readonly folder: string | null
}

type Source = (indices: Int32Array) => Promise<{ readonly pixels: Uint8Array }>

const caches = new WeakMap<Engine, Map<string, TestImages>>()

/** So many folders' pictures are kept at a time; a folder's own are bounded by `TestImages`. */
const mostSources = 8

const sourceOf = ({ client }: Engine, { folder, origin }: Spot): Source => {
  if (origin !== 'pictures') return indices => client.images({ split: origin, indices })
  return indices => client.galleryPictures({ gallery: folder ?? '', indices })
}

/** Images of the data set that is open, and pictures of folders, each fetched once while it is in use. */
export function useHitImages(): (spot: Spot) => Promise<Uint8Array> {
  const engine = useEngine()
  return spot => {
    const key = `${spot.origin} ${spot.folder ?? imagesKey(engine.data.value)}`
    const known = caches.get(engine) ?? new Map<string, TestImages>()
    caches.set(engine, known)
    const images = known.get(key) ?? new TestImages(sourceOf(engine, spot))
    known.delete(key)
    known.set(key, images)
    for (const oldest of known.keys()) {
      if (known.size <= mostSources) break
      known.delete(oldest)
    }
    return images.get(spot.index)
  }
}
