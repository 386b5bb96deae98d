import type { Area } from '../view-transform.ts'

/** A name that wants to stand at a spot, CSS px. */
export interface LabelWish {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Placed {
  readonly x: number
  readonly y: number
}

/** Tries beside the spot, in heights and half widths of the name. */
const tries = [
  [0, 0],
  [0, -1],
  [0, 1],
  [1, 0],
  [-1, 0],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
] as const

/** So many names fill any screen: of 10,000 classes the others need not be tried against them at every frame. */
const most = 300

/**
 * Puts each name at its spot or close to it, and none over another. Earlier ones come first; what finds no room is left out
 * until one zooms in, as on a map.
 * @param room what none may leave; null: there is no such thing
 * @returns the middle of each, null where it is left out
 */
export function placeLabels(
  wishes: readonly (LabelWish | null)[],
  room: Area | null = null,
): (Placed | null)[] {
  const taken: LabelWish[] = []
  return wishes.map(wish => {
    if (wish === null || taken.length === most) return null
    for (const [across, down] of tries) {
      const x = wish.x + (across * wish.width) / 2
      const y = wish.y + down * wish.height
      const placed = { ...wish, x, y }
      if (room !== null && leaves(room, placed)) continue
      if (taken.some(other => overlap(placed, other))) continue
      taken.push(placed)
      return { x, y }
    }
    return null
  })
}

const overlap = (a: LabelWish, b: LabelWish): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2

const leaves = ({ left, top, width, height }: Area, label: LabelWish): boolean =>
  label.x - label.width / 2 < left ||
  label.x + label.width / 2 > left + width ||
  label.y < top ||
  label.y > top + height
