import type { Rotation } from '../explorer/turn.ts'

export const identity: Rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** The three sides that one looks at first. */
export const sides: readonly { readonly name: string; readonly rotation: Rotation }[] = [
  { name: 'Front', rotation: identity },
  { name: 'Side', rotation: [0, 0, 1, 0, 1, 0, -1, 0, 0] },
  { name: 'Top', rotation: [1, 0, 0, 0, 0, 1, 0, -1, 0] },
]

/**
 * Turned further as seen from the reader: what is near goes to the right and down with positive angles, as if taken by
 * the hand. Kept a rotation however often it is done, by Gram and Schmidt.
 * @param across radians about the upright axis of the screen @param down radians about the level one
 */
export function turnedBy(rotation: Rotation, across: number, down: number): Rotation {
  const [rx, ry, rz, ux, uy, uz, ax, ay, az] = rotation
  const [ca, sa, cd, sd] = [Math.cos(across), Math.sin(across), Math.cos(down), Math.sin(down)]
  const right = [ca * rx - sa * ax, ca * ry - sa * ay, ca * rz - sa * az] as const
  const away = [sa * rx + ca * ax, sa * ry + ca * ay, sa * rz + ca * az] as const
  const up = [cd * ux + sd * away[0], cd * uy + sd * away[1], cd * uz + sd * away[2]] as const
  return orthonormal(right, up, [cd * away[0] - sd * ux, cd * away[1] - sd * uy, cd * away[2] - sd * uz])
}

type Vector = readonly [number, number, number]

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const unit = (a: Vector): Vector => {
  const length = Math.sqrt(dot(a, a))
  return [a[0] / length, a[1] / length, a[2] / length]
}
/** What of `a` is not along `b`, which is of unit length. */
function without(a: Vector, b: Vector): Vector {
  const along = dot(a, b)
  return [a[0] - along * b[0], a[1] - along * b[1], a[2] - along * b[2]]
}

function orthonormal(first: Vector, second: Vector, third: Vector): Rotation {
  const right = unit(first)
  const up = unit(without(second, right))
  const away = unit(without(without(third, right), up))
  return [...right, ...up, ...away]
}
