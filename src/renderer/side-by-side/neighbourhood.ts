import type { SideBySide } from '../../shared/contract.ts'
import type { Mark } from '../search/marks.ts'
import type { SideName } from './sides-state.ts'

/** A point's neighbours on the two sides, nearest first. */
export interface Neighbourhood {
  readonly kept: readonly number[]
  /** On the left only. */
  readonly lost: readonly number[]
  /** On the right only. */
  readonly gained: readonly number[]
}

export function neighbourhoodOf({ count, first, second }: SideBySide['kept'], index: number): Neighbourhood {
  const left = [...first.subarray(index * count, (index + 1) * count)]
  const right = [...second.subarray(index * count, (index + 1) * count)]
  const [before, after] = [new Set(left), new Set(right)]
  return {
    kept: left.filter(one => after.has(one)),
    lost: left.filter(one => !after.has(one)),
    gained: right.filter(one => !before.has(one)),
  }
}

/** What one side's scatter points out: the point and its neighbours there; those that the other lacks carry a sign. */
export function marksOf(index: number, { kept, lost, gained }: Neighbourhood, side: SideName): Mark[] {
  const mark = (at: number, text: string, asked = false): Mark => ({
    place: { kind: 'point', index: at },
    text,
    asked,
  })
  const own = side === 'left' ? lost.map(one => mark(one, '−')) : gained.map(one => mark(one, '+'))
  return [mark(index, '', true), ...kept.map(one => mark(one, '')), ...own]
}

/** Of all points, from 0 to 1. */
export const meanOf = (shares: Float32Array): number =>
  shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
