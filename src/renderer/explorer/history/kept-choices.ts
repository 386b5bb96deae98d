import { z } from 'zod'
import type { DataSummary } from '../../../shared/contract.ts'
import type { ExplorerState } from '../explorer-state.ts'
import type { PointSet } from '../point-set.ts'
import type { Shown } from '../splits/shown-images.ts'
import { packSet, unpackSet } from './packed-set.ts'

const index = z.int().nonnegative()
const setSchema = z.string().nullable()
const keptSchema = z.object({
  /** Of which images. */
  of: z.string(),
  /** Left out by those who kept it before there was a choice. */
  splits: z.enum(['test', 'both']).default('test'),
  hidden: z.array(index),
  selected: setSchema,
  only: setSchema,
  colouring: z.enum(['class', 'agreement', 'confidence', 'distance', 'split']),
  /** minX, maxX, minY, maxY */
  view: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  axes: z.tuple([index, index]),
  shapes: z.boolean(),
  names: z.boolean(),
  filmstrip: z.boolean(),
})
export type Kept = z.infer<typeof keptSchema>
export const keptListSchema = z.array(keptSchema)

type Images = Pick<DataSummary, 'id' | 'testCount' | 'trainCount' | 'classes'>

/** What tells one data set from another. */
export const keyOf = ({ id, testCount, classes }: Omit<Images, 'trainCount'>): string =>
  `${id} ${testCount} ${classes.length}`

/**
 * Letters that a browser takes for one cookie, which is where settings lie there: 4,096 bytes with name and attributes
 * (RFC 6265, 6.1); and with every request the cookies together must pass a server's 16 KB.
 */
const mostLetters = 3300

const lettersOf = (list: readonly Kept[]): number => encodeURIComponent(JSON.stringify(list)).length

/**
 * The state as it is, before those of other data sets, as many as there is room for. Selections that take more room than
 * there is are left out.
 */
export function keep(state: ExplorerState, images: Images, before: readonly Kept[]): Kept[] {
  const now = keptOf(state, images)
  const others = before.filter(({ of }) => of !== now.of)
  for (let count = others.length; count >= 0; count--) {
    const list = [now, ...others.slice(0, count)]
    if (lettersOf(list) <= mostLetters) return list
  }
  return [{ ...now, selected: null, only: null }]
}

/** How many points there are once all are there that are asked for. */
const pointsOf = (splits: Shown, { testCount, trainCount }: Images): number =>
  splits === 'both' ? testCount + trainCount : testCount

function keptOf(state: ExplorerState, images: Images): Kept {
  const count = pointsOf(state.splits.value, images)
  const pack = (set: PointSet | null) => (set === null ? null : packSet(set.among(count)))
  const { value: colouring } = state.colouring
  const { value: view } = state.view
  return {
    of: keyOf(images),
    splits: state.splits.value,
    hidden: [...state.hidden.value],
    selected: pack(state.chosen.selected.value),
    only: pack(state.chosen.only.value),
    // A table is a file that may be gone by then.
    colouring: colouring.by === 'column' ? 'class' : colouring.by,
    view: view === null ? null : [view.minX, view.maxX, view.minY, view.maxY],
    axes: [state.horizontal.value, state.vertical.value],
    shapes: state.shapes.value,
    names: state.names.value,
    filmstrip: state.filmstrip.value,
  }
}

/** Puts back what was kept of these images; whatever fits them no longer is dropped. The view waits for points. */
export function restore(state: ExplorerState, kept: Kept, images: Images): void {
  const unpack = (text: string | null) =>
    text === null ? null : unpackSet(text, pointsOf(kept.splits, images))
  const hidden = kept.hidden.filter(label => label < images.classes.length)
  // All hidden would look like nothing there.
  state.hidden.value = new Set(hidden.length < images.classes.length ? hidden : [])
  state.splits.value = kept.splits
  state.selected.value = unpack(kept.selected)
  state.only.value = unpack(kept.only)
  state.colouring.value = { by: kept.colouring }
  state.shapes.value = kept.shapes
  state.names.value = kept.names
  state.filmstrip.value = kept.filmstrip
}

/** The same axes and the same part of them, if there still are such axes and any point lies there. */
export function restoreView(state: ExplorerState, { axes: [horizontal, vertical], view }: Kept): void {
  const { value: points } = state.shown
  if (points === null || Math.max(horizontal, vertical) >= Math.max(2, points.size)) return
  state.horizontal.value = horizontal
  state.vertical.value = vertical
  if (view === null || points.size < 2) return
  const [minX, maxX, minY, maxY] = view
  for (let i = 0; i < points.values.length; i += points.size) {
    const [x, y] = [points.values[i + horizontal] as number, points.values[i + vertical] as number]
    if (x < minX || x > maxX || y < minY || y > maxY) continue
    state.view.value = { minX, maxX, minY, maxY }
    return
  }
}
