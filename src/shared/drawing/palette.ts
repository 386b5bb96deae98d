/**
 * One colour a class. Up to ten are chosen so that people who lack red or green cones tell them apart too; some more are evenly
 * spaced hues in OKLCH, which keeps equal steps looking equal (B. Ottosson, "A perceptual color space for image processing",
 * 2020; the matrices are from there). Nobody tells a hundred colours apart: where they are many, the ten come again with another
 * shape each, and shape and colour together are a class's own up to a hundred. Every colour has at least 3:1 against the light and the dark background (WCAG 2.2, 1.4.11), so that a class keeps
 * its colour in both.
 */

/**
 * Found by exchanging one after the other among 1,500 colours of that contrast until the smallest distance of any two no longer
 * grew, as seen with all cones (whose distance counts 0.6), without red and without green ones (G. M. Machado et al., "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", 2009); the first ones lie farthest apart. Distances
 * in OKLab: 0.14, 0.09 and 0.09; hues alone have 0.12, 0.02 and 0.04.
 */
const ten = [
  '#8c83fe',
  '#d70712',
  '#01a863',
  '#ef6c04',
  '#1c59ff',
  '#ff4aab',
  '#4e7446',
  '#12a0c1',
  '#b80ac8',
  '#9a518a',
] as const

/**
 * Relative luminances between 3:1 on #1c1f26 (0.14) and 3:1 on #f6f7f9 (0.27). Neighbouring hues alternate between two
 * of them, which tells more classes apart than hue alone; an odd last one lies between, as its neighbours differ.
 */
const luminances = { darker: 0.155, between: 0.205, lighter: 0.26 } as const

/** Most colourful that is asked for; many hues have less within sRGB at a given luminance. */
const mostChroma = 0.22

type Linear = readonly [red: number, green: number, blue: number]

/** Of more classes than this it takes a shape beside its colour to tell one. */
export const mostHues = 30

/** @returns '#rrggbb' for every class, [count] */
export function paletteOf(count: number): string[] {
  if (count <= ten.length) return ten.slice(0, count)
  if (count > mostHues) {
    return Array.from({ length: count }, (_, i) => ten[(i + Math.floor(i / 10)) % 10] as string)
  }
  return Array.from({ length: count }, (_, i) => {
    const luminance =
      count % 2 === 1 && i === count - 1 && count > 1
        ? luminances.between
        : i % 2 === 0
          ? luminances.darker
          : luminances.lighter
    return colourAt((i / count) * 360 + 25, luminance)
  })
}

/** @param hue degrees @param luminance relative, 0 to 1 */
export function colourAt(hue: number, luminance: number): string {
  for (let chroma = mostChroma; chroma > 0; chroma -= 0.004) {
    const colour = withLuminance(hue, chroma, luminance)
    if (colour.every(value => value >= 0 && value <= 1)) return toHex(colour)
  }
  return toHex([luminance, luminance, luminance])
}

/** The colour itself, or as much of its chroma as sRGB has. @param lightness 0 to 1 @param hue degrees */
export function oklchColour(lightness: number, most: number, hue: number): string {
  for (let chroma = most; chroma > 0; chroma -= 0.004) {
    const colour = fromOklch(lightness, chroma, hue)
    if (colour.every(value => value >= 0 && value <= 1)) return toHex(colour)
  }
  return toHex(fromOklch(lightness, 0, hue))
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). @param first '#rrggbb' */
export function contrast(first: string, second: string): number {
  const [a, b] = [luminanceOf(fromHex(first)), luminanceOf(fromHex(second))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Luminance rises with OKLCH's lightness: halving the interval 24 times is exact to a thousandth of a step. */
function withLuminance(hue: number, chroma: number, luminance: number): Linear {
  let [low, high] = [0, 1]
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2
    if (luminanceOf(fromOklch(middle, chroma, hue)) < luminance) low = middle
    else high = middle
  }
  return fromOklch((low + high) / 2, chroma, hue)
}

function fromOklch(lightness: number, chroma: number, hue: number): Linear {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

const luminanceOf = ([red, green, blue]: Linear): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue

function toHex(colour: Linear): string {
  const bytes = colour.map(value => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${bytes.join('')}`
}

function fromHex(hex: string): Linear {
  const linear = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [linear(1), linear(3), linear(5)]
}
