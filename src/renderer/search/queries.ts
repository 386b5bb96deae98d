import type { Hit, Outsider, Query } from '../../shared/contract.ts'

/** How a query is called in a sentence. */
export function nameOf(query: Query): string {
  switch (query.kind) {
    case 'test':
      return `Test image ${query.index}`
    case 'train':
      return `Training image ${query.index}`
    case 'member':
      return `Picture ${query.index + 1} of the folder`
    case 'mean':
      return `Mean of ${query.indices.length} ${query.split === 'test' ? 'test' : 'training'} images`
    case 'picture':
    case 'canvas':
      return query.name
    default:
      return query satisfies never
  }
}

/** A picture that is not in the data set: how it is prepared can be changed. */
export const isOutsider = (query: Query): query is Outsider =>
  query.kind === 'picture' || query.kind === 'canvas'

export function bytesOf(query: Query): number {
  switch (query.kind) {
    case 'picture':
      return query.file.byteLength
    case 'canvas':
      return query.pixels.byteLength
    case 'mean':
      return query.indices.byteLength
    default:
      return 0
  }
}

/** An image that was found, as a query. @param folder the gallery of pictures that was searched; null for none */
export function queryOf({ index, origin }: Pick<Hit, 'index' | 'origin'>, folder: string | null): Query {
  if (origin !== 'pictures') return { kind: origin, index }
  if (folder === null) throw new Error('A picture was found where none were searched.')
  return { kind: 'member', gallery: folder, index }
}

/**
 * Asked again and again while points move, a picture is sent and decoded each time. Beyond this size that would cost
 * the training more than it tells: such a one is asked again when the training has ended.
 */
const cheapBytes = 1_000_000
export const isCheap = (query: Query): boolean => bytesOf(query) <= cheapBytes

/** @param besides is not drawn again @returns an index below `count` */
export function randomIndex(
  count: number,
  besides: number | null,
  random: () => number = Math.random,
): number {
  if (besides === null || besides >= count || count < 2) return Math.floor(random() * count)
  const index = Math.floor(random() * (count - 1))
  return index < besides ? index : index + 1
}
