import type { Query } from '../../shared/contract.ts'

/** How a query is called in a sentence. */
export function nameOf(query: Query): string {
  switch (query.kind) {
    case 'test':
      return `Test image ${query.index}`
    case 'train':
      return `Training image ${query.index}`
    case 'member':
      return `Picture ${query.index + 1} of the gallery`
    case 'mean':
      return `The mean of ${query.indices.length} images`
    case 'picture':
    case 'canvas':
      return query.name
    default:
      return query satisfies never
  }
}

export function bytesOf(query: Query): number {
  if (query.kind === 'picture') return query.file.byteLength
  return query.kind === 'canvas' ? query.pixels.byteLength : 0
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
