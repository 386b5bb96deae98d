import { noClass, originNames } from '../../../../shared/contract/galleries.ts'
import type { FoundNeighbours } from '../../../../shared/contract/search.ts'
import type { EmbeddedData } from '../../../engine/embedding/embedded-data.ts'
import { table } from './table.ts'

/** A neighbour as it is shown and written. */
export interface HitRow {
  readonly rank: number
  /** test, train or pictures. */
  readonly gallery: string
  readonly index: number
  /** Its class; null where nobody knows it. */
  readonly label: string | null
  readonly distance: number
  /** Of its being of the query's class; null where that could not be calibrated. */
  readonly probability: number | null
  /** The picture's path in its folder; left out for an image of the run. */
  readonly picture?: string
}

/** @param pictures names of a folder's pictures */
export function hitRows(
  run: Pick<EmbeddedData, 'config'>,
  neighbours: FoundNeighbours,
  pictures: readonly string[],
): HitRow[] {
  const { indices, distances, origins, labels, same } = neighbours
  return Array.from(indices, (index, i) => {
    const label = labels[i] as number
    const probability = same[i] as number
    const picture = originNames[origins[i] as number] === 'pictures' ? pictures[index] : undefined
    return {
      rank: i + 1,
      gallery: originNames[origins[i] as number] as string,
      index,
      label: label === noClass ? null : (run.config.data.classes[label] as string),
      distance: distances[i] as number,
      probability: Number.isNaN(probability) ? null : probability,
      ...(picture === undefined ? {} : { picture }),
    }
  })
}

export function hitTable(rows: readonly HitRow[]): string {
  const pictures = rows.some(({ picture }) => picture !== undefined)
  return table(
    ['Rank', 'Gallery', 'Index', 'Label', 'Distance', 'Same class', ...(pictures ? ['Picture'] : [])],
    rows.map(({ rank, gallery, index, label, distance, probability, picture }) => [
      rank,
      gallery,
      index,
      label ?? '?',
      distance.toFixed(6),
      probability === null ? 'unknown' : `${(100 * probability).toFixed(1)}%`,
      ...(pictures ? [picture ?? ''] : []),
    ]),
  )
}
