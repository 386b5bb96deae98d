import type { Query } from '../../shared/contract.ts'

/** How a query is called in a sentence. */
export const nameOf = (query: Query): string =>
  query.kind === 'test' ? `Test image ${query.index}` : query.name

export const bytesOf = (query: Query): number => (query.kind === 'test' ? 0 : query.file.byteLength)

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
