/** Which cells of a row are pixels, and of what size the images are. */
export interface PixelColumns {
  readonly label: number
  /** The first pixel's; the label stands before or after all of them. */
  readonly first: number
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  readonly hasHeader: boolean
  readonly cells: number
}

const labelName = /^"?\s*(label|class|target|y|digit|category)\s*"?$/i
/** As in "28x28", the last pixel's name in MNIST's tables. */
const sized = /^"?(\d{1,5})x(\d{1,5})"?$/

/** Fewer would be a table of a few numbers. */
const fewestPixels = 16

/**
 * Tells a table of pixels by its first two lines: numbers all along but for the label, which is the first column or
 * the one named so; as many as a size in the header says, or as a square has, in grey or colour.
 */
export function pixelColumns(lines: readonly string[], delimiter: string): PixelColumns | undefined {
  const [top = [], second] = lines.map(line => line.trimEnd().split(delimiter))
  const hasHeader = top.filter(cell => !isNumber(cell)).length > 1
  const row = hasHeader ? second : top
  if (row === undefined || row.length - 1 < fewestPixels) return undefined
  const named = hasHeader ? top.findIndex(cell => labelName.test(cell)) : 0
  const label = named < 0 ? 0 : named
  if (label !== 0 && label !== row.length - 1) return undefined
  if (row.some((cell, i) => i !== label && !isNumber(cell))) return undefined
  const pixels = row.length - 1
  const first = label === 0 ? 1 : 0
  const size = sized.exec(top[first + pixels - 1]?.trim() ?? '')
  const stated = size === null ? undefined : { height: Number(size[1]), width: Number(size[2]) }
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(pixels / channels)
    const { height, width } = stated ?? { height: side, width: side }
    if (Number.isInteger(height) && height * width * channels === pixels) {
      return { label, first, height, width, channels, hasHeader, cells: row.length }
    }
  }
  return undefined
}

export const isNumber = (cell: string): boolean => {
  const text = cell.trim().replace(/^"(.*)"$/, '$1')
  return text !== '' && (!Number.isNaN(Number(text)) || /^nan$/i.test(text))
}
