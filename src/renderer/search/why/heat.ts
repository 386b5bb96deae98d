import type { Explained } from '../../../shared/contract.ts'
import { distanceText } from '../verdict.ts'

/**
 * Orange for what holds two images together, blue for what keeps them apart: two hues that every common kind of colour
 * blindness tells apart (M. Okabe and K. Ito, "Color Universal Design", 2008), the stronger the less of the image shows.
 */
export const ramp = { together: [230, 159, 0], apart: [86, 180, 233] } as const

/** The largest of both maps: one scale for two images, so that they can be compared. 0 where both are flat. */
export function strongest({ first, second }: Pick<Explained, 'first' | 'second'>): number {
  let most = 0
  for (const map of [first, second])
    for (const value of map) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value))
  return most
}

/** The most that is drawn over an image: a little of it always shows. */
const mostOpaque = 215

/** Colours of a map, [height * width * 4], not premultiplied. @param most what is drawn at full strength */
export function heatOf(map: Float32Array, most: number): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(map.length * 4)
  for (let i = 0; i < map.length; i++) {
    const value = map[i] as number
    const share = most > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / most) : 0
    colours.set(value > 0 ? ramp.together : ramp.apart, i * 4)
    colours[i * 4 + 3] = Math.round(share * mostOpaque)
  }
  return colours
}

/** Where a map is highest. @returns null where nothing of it is above 0 */
export function peakOf(
  map: Float32Array,
  width: number,
): { readonly x: number; readonly y: number; readonly value: number } | null {
  let at = -1
  for (let i = 0; i < map.length; i++) {
    if ((map[i] as number) > Math.max(0, at < 0 ? 0 : (map[at] as number))) at = i
  }
  return at < 0 ? null : { x: at % width, y: Math.floor(at / width), value: map[at] as number }
}

/** "top left": a ninth of an image in words. */
export function partText(x: number, y: number, width: number, height: number): string {
  const third = (at: number, size: number): 0 | 1 | 2 =>
    Math.min(2, Math.floor((3 * (at + 0.5)) / size)) as 0 | 1 | 2
  const [row, column] = [third(y, height), third(x, width)]
  if (row === 1 && column === 1) return 'middle'
  const words = [['top', 'middle', 'bottom'][row], ['left', 'middle', 'right'][column]]
  if (row === 1) return `${words[1]}`
  return column === 1 ? `${words[0]}` : words.join(' ')
}

/** What two maps come to, in sentences. @param names of the two images */
export function whyText(
  { distance, first, second }: Explained,
  names: readonly [string, string],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const apart = `They fall ${distanceText(distance)} apart.`
  const parts = [first, second].map((map, i) => {
    const peak = peakOf(map, width)
    if (peak === null) return `Nothing in ${names[i]} holds them together.`
    const part = partText(peak.x, peak.y, width, height)
    return `Without what is at the ${part} of ${names[i]}, they would fall ${distanceText(peak.value)} farther apart.`
  })
  return [apart, ...parts].join(' ')
}
