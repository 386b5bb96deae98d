import { oklchColour } from '../../../shared/drawing/palette.ts'

/** Steps of a figure's colours. */
export const rampSteps = 64

/**
 * From low to high in equal steps of OKLCH lightness, with the hue turning from blue-green to violet along the way, which
 * is what every kind of colour vision tells apart. The high end stands out most from the page, the low end by 2:1.
 * @returns '#rrggbb', [rampSteps]
 */
export function rampOf(dark: boolean): string[] {
  const [low, high] = dark ? [0.46, 0.92] : [0.78, 0.34]
  return Array.from({ length: rampSteps }, (_, i) => {
    const share = i / (rampSteps - 1)
    return oklchColour(low + share * (high - low), 0.11, dark ? 290 - share * 190 : 190 + share * 100)
  })
}

/** Blue and vermilion: the pair of M. Okabe and K. Ito's palette that all colour vision tells apart; 3:1 in light and dark. */
export const agreeing = ['#2b7fc4', '#d2560a'] as const

/** For points of which nothing is known. */
export const unknownColour = '#868d9b'
