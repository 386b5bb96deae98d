import { paletteOf } from '../../../shared/drawing/palette.ts'
import type { PointColours } from '../point-colours.ts'
import { rampSteps, unknownColour } from './ramp.ts'

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })

/**
 * Colours by a figure, in equal steps between the least and the greatest; points without one have a colour of their own.
 * @param values one a point; NaN is none @param range for the ends where they are known beforehand
 */
export function coloursOfFigures(
  name: string,
  values: ArrayLike<number>,
  ramp: readonly string[],
  range?: readonly [low: number, high: number],
): PointColours {
  let [low, high] = range ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let unknown = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) unknown++
    else if (range === undefined) [low, high] = [Math.min(low, value), Math.max(high, value)]
  }
  const of = new Uint16Array(values.length)
  const span = high - low
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    // One value alone is the middle of the ramp.
    const share = span > 0 ? (value - low) / span : 0.5
    of[i] = Number.isFinite(value) ? Math.round(Math.min(1, Math.max(0, share)) * (rampSteps - 1)) : rampSteps
  }
  const ends = low > high ? [] : [figure.format(low), figure.format(high)]
  return {
    name,
    of,
    palette: unknown === 0 ? ramp : [...ramp, unknownColour],
    legend: unknown === 0 ? ends : [...ends, 'No value'],
    kind: 'figure',
  }
}

/** Beyond so many, colours cannot be told apart. */
export const mostCategories = 40

/**
 * Colours by category, the most frequent first; beyond 40, those left over share one colour, and the legend says how many
 * they are.
 * @param of the category of every point; -1 is none
 */
export function coloursOfCategories(
  name: string,
  of: ArrayLike<number>,
  names: readonly string[],
  palette?: readonly string[],
): PointColours {
  const counts = new Float64Array(names.length)
  let unknown = false
  for (let i = 0; i < of.length; i++) {
    if ((of[i] as number) < 0) unknown = true
    else counts[of[i] as number] = (counts[of[i] as number] as number) + 1
  }
  const ranked = [...names.keys()]
  if (palette === undefined) ranked.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const own = ranked.slice(0, mostCategories)
  const others = ranked.length - own.length
  const entries = new Map(own.map((category, entry) => [category, entry]))
  const legend = own.map(category => names[category] as string)
  const colours = [...(palette ?? paletteOf(own.length))]
  if (others > 0) {
    legend.push(`${others.toLocaleString('en')} others`)
    colours.push('#6d7482')
  }
  const none = legend.length
  if (unknown) {
    legend.push('No value')
    colours.push(unknownColour)
  }
  return {
    name,
    of: Uint16Array.from(of, category => (category < 0 ? none : (entries.get(category) ?? own.length))),
    palette: colours,
    legend,
    kind: 'categories',
  }
}

/** Euclidean distance of every point to one, [points]. @param values [points, size] */
export function distancesTo(point: ArrayLike<number>, values: Float32Array, size: number): Float64Array {
  return Float64Array.from({ length: values.length / size }, (_, i) => {
    let sum = 0
    for (let k = 0; k < size; k++) sum += ((values[i * size + k] as number) - (point[k] as number)) ** 2
    return Math.sqrt(sum)
  })
}
