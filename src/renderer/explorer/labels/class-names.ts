import type { Area } from '../view-transform.ts'
import type { LabelWish } from './place-labels.ts'

/** Many names are small, or there would be room for a few alone; CSS px. */
export const nameSizeFor = (classes: number): number => (classes > 24 ? 11 : 14)

/** Of a name among the points; the legend has all of it. */
const mostLetters = 18

export const nameAmongPoints = (name: string): string =>
  name.length <= mostLetters ? name : `${name.slice(0, mostLetters - 1).trimEnd()}…`

/** A name at a spot in sight stands wholly in sight; that of one out of sight is not wished for. @returns null for none */
export function wishInSight(
  { left, top, width, height }: Area,
  x: number,
  y: number,
  nameWidth: number,
  size: number,
): LabelWish | null {
  if (!(x >= left && x <= left + width && y >= top && y <= top + height)) return null
  const within = Math.min(left + width - nameWidth / 2, Math.max(left + nameWidth / 2, x))
  return { x: within, y, width: nameWidth, height: size + 4 }
}
