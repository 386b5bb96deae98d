import type { Gallery } from '../../../shared/contract.ts'
import type { Embedding } from '../embedding/embed.ts'
import { createNearestIndex, type SearchUse } from '../embedding/nearest-index.ts'
import type { SearchView } from '../embedding/search-points.ts'
import { type GalleryPart, joinParts } from '../embedding/searched-points.ts'

/** A choice and the points that it was made of. */
interface Kept {
  readonly view: SearchView
  readonly of: readonly Embedding[]
}

/** Choices that are kept at a time: each holds a copy of its points, and in TensorFlow another. */
const mostKept = 8

/** The choices that were searched last, until the points change. */
export class SearchViews {
  readonly #kept = new Map<string, Kept>()

  /**
   * @param classes those that may be neighbours; all if left out
   * @param use `once` for points that will change soon: of those nothing is built
   */
  of(
    gallery: Gallery,
    parts: readonly GalleryPart[],
    classes: Uint16Array | undefined,
    use: SearchUse,
  ): SearchView {
    const name = gallery.kind === 'pictures' ? `pictures ${gallery.gallery}` : gallery.kind
    const key = `${name} ${classes === undefined ? 'all' : classes.toSorted().join()}`
    const known = this.#kept.get(key)
    // What is asked for again comes last, so that the first is the one to go.
    this.#kept.delete(key)
    const current = known !== undefined && parts.every(({ embedding }, i) => embedding === known.of[i])
    if (known !== undefined && !current) known.view.index.dispose()
    const kept = current
      ? known
      : { view: open(parts, classes, use), of: parts.map(({ embedding }) => embedding) }
    this.#kept.set(key, kept)
    const [oldest] = this.#kept
    if (this.#kept.size > mostKept && oldest !== undefined) this.#drop(...oldest)
    return kept.view
  }

  /** Points of galleries of this kind have changed; of all if left out. */
  forget(gallery?: string): void {
    for (const [key, kept] of this.#kept) {
      if (gallery === undefined || key.startsWith(`pictures ${gallery} `)) this.#drop(key, kept)
    }
  }

  #drop(key: string, { view }: Kept): void {
    view.index.dispose()
    this.#kept.delete(key)
  }
}

function open(parts: readonly GalleryPart[], classes: Uint16Array | undefined, use: SearchUse): SearchView {
  const points = joinParts(parts, classes)
  return { points, index: createNearestIndex(points.embedding, use) }
}
