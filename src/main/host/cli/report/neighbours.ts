import type { Neighbours } from '../../../engine/embedding/nearest.ts'
import type { Run } from '../../../engine/runs/run-folder.ts'
import { table } from './table.ts'

/** A neighbour as it is shown and written. */
export interface NeighbourRow {
  readonly rank: number
  readonly index: number
  readonly label: string
  readonly distance: number
}

export function neighbourRows(run: Run, { indices, distances }: Neighbours): NeighbourRow[] {
  return Array.from(indices, (index, i) => ({
    rank: i + 1,
    index,
    label: run.config.data.classes[run.test.labels[index] as number] as string,
    distance: distances[i] as number,
  }))
}

export function neighbourTable(run: Run, neighbours: Neighbours): string {
  const rows = neighbourRows(run, neighbours)
  return table(
    ['Rank', 'Index', 'Label', 'Distance'],
    rows.map(({ rank, index, label, distance }) => [rank, index, label, distance.toFixed(6)]),
  )
}
