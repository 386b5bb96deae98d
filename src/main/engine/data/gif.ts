import type { DecodedImage } from './image-file.ts'

/**
 * The first frame of a GIF89a (CompuServe's specification of 1990), on a transparent ground as large as the picture. Each
 * index into the data is checked and the tables of LZW are written forwards only, so that no file leads in circles.
 * @throws Error where it is damaged
 */
export function decodeGif(bytes: Uint8Array): DecodedImage {
  const width = word(bytes, 6)
  const height = word(bytes, 8)
  const flags = byteAt(bytes, 10)
  let at = 13
  let palette: Palette | undefined
  if ((flags & 0x80) !== 0) {
    palette = { from: at, count: 2 << (flags & 7) }
    at += 3 * palette.count
  }
  let transparent = -1
  for (;;) {
    const block = byteAt(bytes, at++)
    if (block === 0x21) {
      const isControl = byteAt(bytes, at++) === 0xf9
      if (isControl && (byteAt(bytes, at + 1) & 1) === 1) transparent = byteAt(bytes, at + 4)
      at = endOfBlocks(bytes, at)
    } else if (block === 0x2c) {
      return drawFrame(bytes, at, { width, height, palette, transparent })
    } else {
      throw new Error('there is no frame in it')
    }
  }
}

interface Palette {
  readonly from: number
  readonly count: number
}

interface Screen {
  readonly width: number
  readonly height: number
  readonly palette: Palette | undefined
  readonly transparent: number
}

function drawFrame(bytes: Uint8Array, start: number, screen: Screen): DecodedImage {
  const [left, top, width, height] = [0, 2, 4, 6].map(offset => word(bytes, start + offset)) as [
    number,
    number,
    number,
    number,
  ]
  const flags = byteAt(bytes, start + 8)
  const own = (flags & 0x80) !== 0 ? { from: start + 9, count: 2 << (flags & 7) } : undefined
  const palette = own ?? screen.palette
  if (palette === undefined) throw new Error('it has no palette')
  if (left + width > screen.width || top + height > screen.height)
    throw new Error('its frame is larger than itself')
  const indices = unpackLzw(bytes, start + 9 + (own === undefined ? 0 : 3 * own.count), width * height)
  const rgba = new Uint8Array(screen.width * screen.height * 4)
  rowsOf(height, (flags & 0x40) !== 0).forEach((row, i) => {
    for (let x = 0; x < width; x++) {
      const index = indices[i * width + x] as number
      if (index === screen.transparent) continue
      if (index >= palette.count) throw new Error('a colour of it is not in its palette')
      const to = ((top + row) * screen.width + left + x) * 4
      for (let c = 0; c < 3; c++) rgba[to + c] = byteAt(bytes, palette.from + index * 3 + c)
      rgba[to + 3] = 255
    }
  })
  return { width: screen.width, height: screen.height, rgba }
}

/** The order in which rows come: an interlaced frame has every 8th first, then those between. */
function rowsOf(height: number, interlaced: boolean): number[] {
  const passes = interlaced
    ? ([
        [0, 8],
        [4, 8],
        [2, 4],
        [1, 2],
      ] as const)
    : ([[0, 1]] as const)
  const rows: number[] = []
  for (const [from, step] of passes) for (let row = from; row < height; row += step) rows.push(row)
  return rows
}

/** Codes have 12 bits at most. */
const mostCodes = 4096

/** @returns [count] indices into the palette */
function unpackLzw(bytes: Uint8Array, start: number, count: number): Uint8Array {
  const minimum = byteAt(bytes, start)
  if (minimum < 1 || minimum > 8) throw new Error('its code size is out of range')
  const clear = 1 << minimum
  const out = new Uint8Array(count)
  // A code stands for a run of `out` that was written before: where it began, and how long it is.
  const begins = new Int32Array(mostCodes)
  const lengths = new Int32Array(mostCodes)
  let [next, size, filled] = [clear + 2, minimum + 1, 0]
  let [bits, held, at, left] = [0, 0, start + 1, 0]
  while (filled < count) {
    while (held < size) {
      if (left === 0) {
        left = byteAt(bytes, at++)
        if (left === 0) throw new Error('its data end early')
      }
      bits |= byteAt(bytes, at++) << held
      held += 8
      left--
    }
    const code = bits & ((1 << size) - 1)
    bits >>>= size
    held -= size
    if (code === clear + 1) throw new Error('its data end early')
    if (code === clear) {
      next = clear + 2
      size = minimum + 1
      continue
    }
    const begin = filled
    if (code < clear) {
      out[filled++] = code
    } else {
      if (code >= next) throw new Error('it has a code that was not made')
      const length = Math.min(lengths[code] as number, count - filled)
      // Byte by byte: the newest code's run reaches into what is being written.
      for (let i = 0; i < length; i++) out[filled++] = out[(begins[code] as number) + i] as number
    }
    // The next code is this run and the byte that will follow it.
    if (next < mostCodes) {
      begins[next] = begin
      lengths[next] = filled - begin + 1
      next++
      if (next > 1 << size && size < 12) size++
    }
  }
  return out
}

function endOfBlocks(bytes: Uint8Array, start: number): number {
  let at = start
  for (let length = byteAt(bytes, at); length > 0; length = byteAt(bytes, at)) at += 1 + length
  return at + 1
}

function byteAt(bytes: Uint8Array, at: number): number {
  const value = bytes[at]
  if (value === undefined) throw new Error('it is cut short')
  return value
}

const word = (bytes: Uint8Array, at: number): number => byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8)
