import type { Mode } from '../explorer-state.ts'
import { PointSet } from '../point-set.ts'

/** Whether a point is there to be seen: of no hidden class, and among "only these". */
export type IsShown = (index: number) => boolean

/** Every point that passes. @param points how many there are in all */
export function pointsWhere(points: number, passes: IsShown): PointSet {
  const mask = new Uint8Array(points)
  for (let i = 0; i < points; i++) if (passes(i)) mask[i] = 1
  return PointSet.fromMask(mask)
}

/** What a selection becomes when points were found. @returns null where nothing is left: nothing is grey then */
export function combine(selected: PointSet | null, found: PointSet, mode: Mode): PointSet | null {
  const before = selected ?? PointSet.none(found.mask.length)
  const next = mode === 'new' ? found : mode === 'add' ? before.union(found) : before.minus(found)
  return next.size === 0 ? null : next
}

/** Images of every class among them, [classes]. */
export function classCounts(set: PointSet, labels: Uint16Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes)
  for (const index of set.indices) {
    const label = labels[index] as number
    counts[label] = (counts[label] as number) + 1
  }
  return counts
}
