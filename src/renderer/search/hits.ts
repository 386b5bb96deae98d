import { type Found, type Hit, noClass, originNames } from '../../shared/contract.ts'
import { formatShare } from '../ui/format.ts'
import { distanceText } from './verdict.ts'

/** The neighbours one by one, nearest first. */
export function hitsOf({ indices, distances, labels, origins, same }: Found['neighbours']): Hit[] {
  return Array.from(indices, (index, i) => {
    const probability = same[i] as number
    return {
      origin: originNames[origins[i] as number] ?? 'test',
      index,
      distance: distances[i] as number,
      label: labels[i] as number,
      same: Number.isNaN(probability) ? null : probability,
    }
  })
}

const kinds = { test: 'test image', train: 'training image' } as const

/** "test image 12"; pictures of a folder go by their names. @param names of the folder's pictures */
export const placeText = (
  { origin, index }: Pick<Hit, 'origin' | 'index'>,
  names: readonly string[],
): string => (origin === 'pictures' ? (names[index] ?? `picture ${index + 1}`) : `${kinds[origin]} ${index}`)

export const classText = (label: number, classes: readonly string[]): string =>
  label === noClass ? 'unknown' : (classes[label] ?? 'unknown')

/** All that is known of one that was found, read out. */
export const hitText = (hit: Hit, classes: readonly string[], names: readonly string[]): string =>
  `class ${classText(hit.label, classes)}, distance ${distanceText(hit.distance)}, ${placeText(hit, names)}`

export const sameText = (same: number | null): string | null =>
  same === null ? null : `${formatShare(same)} likely of the same class`
