import type { Rotation } from '../explorer/turn.ts'

/** One of three axes as it is seen from the middle, y downwards as on a screen. */
export interface AxisArm {
  readonly name: string
  readonly x: number
  readonly y: number
  /** 0 towards the reader, 1 away from them. */
  readonly far: number
}

/** The farthest first, as they are drawn. @param names of the features to the right, upwards and away @param length px */
export function axisArms(rotation: Rotation, names: readonly string[], length: number): AxisArm[] {
  return names
    .slice(0, 3)
    .map((name, k) => ({
      name,
      x: length * (rotation[k] as number),
      y: -length * (rotation[3 + k] as number),
      far: ((rotation[6 + k] as number) + 1) / 2,
    }))
    .sort((a, b) => b.far - a.far)
}

/** "PC 1" of "PC 1 (43.2%)", "3" of "Feature 3": there is little room. */
export const shortName = (name: string): string => name.replace(/ \(.*\)$/, '').replace(/^Feature /, '')
