import { type Bounds, type Scene, xOf, yOf } from '../scene.ts'
import type { Area } from '../view-transform.ts'

/** How many points fall into each cell of a grid over a part of the data, for every group apart. */
export interface ContourGrid {
  readonly box: Bounds
  readonly columns: number
  readonly rows: number
  /** The class of every group; one group of all has none. */
  readonly labels: readonly number[] | null
  /** [groups, rows, columns], the first row the lowest. */
  readonly counts: Float32Array
}

/** Space around what is in sight that is counted too, as a share of it: panning finds lines there. */
const around = 0.25

export function widen({ minX, maxX, minY, maxY }: Bounds): Bounds {
  const [dx, dy] = [(maxX - minX) * around, (maxY - minY) * around]
  return { minX: minX - dx, maxX: maxX + dx, minY: minY - dy, maxY: maxY + dy }
}

/** One pass: 10 ms for a million points. @param classes null counts all in one group */
export function gridOf(
  scene: Scene,
  box: Bounds,
  [columns, rows]: readonly [number, number],
  classes: number | null,
  isShown: (index: number) => boolean,
): ContourGrid {
  const cells = columns * rows
  const counts = new Float32Array(cells * (classes ?? 1))
  const seen = new Uint8Array(classes ?? 1)
  const perX = columns / (box.maxX - box.minX)
  const perY = rows / (box.maxY - box.minY)
  for (let i = 0; i < scene.count; i++) {
    const x = xOf(scene, i)
    if (!(x >= box.minX && x < box.maxX)) continue
    const y = yOf(scene, i)
    if (!(y >= box.minY && y < box.maxY) || !isShown(i)) continue
    const group = classes === null ? 0 : (scene.labels[i] as number)
    if (group >= seen.length) continue
    const at = Math.floor((y - box.minY) * perY) * columns + Math.floor((x - box.minX) * perX)
    counts[group * cells + at] = (counts[group * cells + at] as number) + 1
    seen[group] = 1
  }
  if (classes === null) return { box, columns, rows, labels: null, counts }
  const labels = Array.from(seen.keys()).filter(label => seen[label] === 1)
  const kept = new Float32Array(labels.length * cells)
  labels.forEach((label, group) => {
    kept.set(counts.subarray(label * cells, (label + 1) * cells), group * cells)
  })
  return { box, columns, rows, labels, counts: kept }
}

/** What lines are drawn of. */
export interface Contoured {
  readonly scene: Scene
  readonly sight: Bounds
  readonly area: Area
  /** Null: all in one. */
  readonly classes: number | null
  readonly isShown: (index: number) => boolean
}

/** Of a cell, CSS px. */
const cell = 6

/** The points in sight and a little around it, in cells of one size on the screen. */
export function countedIn({ scene, sight, area, classes, isShown }: Contoured): ContourGrid {
  const cells = (length: number) => Math.max(8, Math.round(((1 + 2 * around) * length) / cell))
  return gridOf(scene, widen(sight), [cells(area.width), cells(area.height)], classes, isShown)
}
