import type { PointColours } from '../explorer/point-colours.ts'

const steps = 64

/** Orange for none and blue for all, which every kind of colour vision tells apart, over a grey that both themes show. */
const stops = [
  [0xc2, 0x41, 0x0c],
  [0x9a, 0x9a, 0x9a],
  [0x25, 0x63, 0xeb],
] as const

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0')

export const keptPalette: readonly string[] = Array.from({ length: steps }, (_, step) => {
  const place = (step / (steps - 1)) * (stops.length - 1)
  const from = Math.min(Math.floor(place), stops.length - 2)
  const [a, b] = [stops[from] as readonly number[], stops[from + 1] as readonly number[]]
  return `#${a.map((value, i) => hex(value + ((b[i] as number) - value) * (place - from))).join('')}`
})

/** Each point by the share of its neighbours that stay. */
export const keptColours = (shares: Float32Array): PointColours => ({
  name: 'Neighbours kept',
  of: Uint16Array.from(shares, share => Math.round(share * (steps - 1))),
  palette: keptPalette,
  legend: ['none', 'all'],
  kind: 'figure',
})
