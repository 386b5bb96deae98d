import { type ImageShape, pixelsPerImage } from '../../data-set.ts'

const columns = 9
const rows = 8

/** Bits of two hashes that may differ: bands of 16 bits find every pair that differs in at most 3 of 64. */
const mostBits = 3

/** From here on two images show the same, whatever their brightness. Two handwritten ones of a class stay below it. */
const leastCorrelation = 0.985

/** Images with the same 16 bits that one is compared with, at most: plain images would else be compared all with all. */
const mostInBucket = 200

/**
 * Difference hash: whether each of 8 x 8 places is brighter than the one to its right, in an image made 9 x 8 (Krawetz,
 * "Kind of Like That", hackerfactor.com, 2013). @returns 64 bits as two words
 */
export function differenceHash(pixels: Uint8Array, shape: ImageShape): [number, number] {
  const small = shrunk(pixels, shape)
  const words: [number, number] = [0, 0]
  for (let y = 0, bit = 0; y < rows; y++) {
    for (let x = 0; x + 1 < columns; x++, bit++) {
      const at = y * columns + x
      if ((small[at] as number) > (small[at + 1] as number)) words[bit >> 5 ? 1 : 0] |= 1 << (bit & 31)
    }
  }
  return [words[0] >>> 0, words[1] >>> 0]
}

/** Mean brightness of each cell: [8 * 9]. Images have 16 pixels a side or more, so none is empty. */
function shrunk(pixels: Uint8Array, { height, width, channels }: ImageShape): Float64Array {
  const sums = new Float64Array(rows * columns)
  const counts = new Float64Array(rows * columns)
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns
    for (let x = 0; x < width; x++) {
      const cell = row + Math.floor((x * columns) / width)
      for (let c = 0; c < channels; c++) {
        sums[cell] = (sums[cell] as number) + (pixels[(y * width + x) * channels + c] as number)
      }
      counts[cell] = (counts[cell] as number) + channels
    }
  }
  return sums.map((sum, cell) => sum / (counts[cell] as number))
}

export interface DuplicatePair {
  readonly train: number
  readonly test: number
}

/**
 * Pairs of images, one on each side, that are nearly the same.
 * @param hashes two words an image, [2 * count]
 * @param sides 1 where an image is for testing, [count]
 * @param read the pixels of an image
 */
export async function nearDuplicates(
  hashes: Uint32Array,
  sides: Uint8Array,
  shape: ImageShape,
  read: (index: number) => Promise<Uint8Array>,
  signal: AbortSignal,
  most = 1000,
): Promise<DuplicatePair[]> {
  const buckets = bucketsOf(hashes, sides)
  const found: DuplicatePair[] = []
  for (let test = 0; test < sides.length && found.length < most; test++) {
    if (sides[test] === 0) continue
    if (test % 1024 === 0) signal.throwIfAborted()
    const near = new Set<number>()
    for (let band = 0; band < 4; band++) {
      for (const train of (buckets.get(keyOf(hashes, test, band)) ?? []).slice(0, mostInBucket)) {
        if (bitsBetween(hashes, train, test) <= mostBits) near.add(train)
      }
    }
    if (near.size === 0) continue
    const own = await read(test)
    for (const train of near) {
      if (found.length < most && alike(own, await read(train), pixelsPerImage(shape))) {
        found.push({ train, test })
      }
    }
  }
  return found
}

/** Training images by each of their four bands. */
function bucketsOf(hashes: Uint32Array, sides: Uint8Array): Map<number, number[]> {
  const buckets = new Map<number, number[]>()
  for (let i = 0; i < sides.length; i++) {
    if (sides[i] === 1) continue
    for (let band = 0; band < 4; band++) {
      const key = keyOf(hashes, i, band)
      const bucket = buckets.get(key)
      if (bucket === undefined) buckets.set(key, [i])
      else if (bucket.length < mostInBucket) bucket.push(i)
    }
  }
  return buckets
}

const keyOf = (hashes: Uint32Array, index: number, band: number): number =>
  band * 0x10000 + (((hashes[2 * index + (band >> 1)] as number) >>> (16 * (band & 1))) & 0xffff)

function bitsBetween(hashes: Uint32Array, a: number, b: number): number {
  let bits = 0
  for (let word = 0; word < 2; word++) {
    let differing = (hashes[2 * a + word] as number) ^ (hashes[2 * b + word] as number)
    for (; differing !== 0; differing &= differing - 1) bits++
  }
  return bits
}

/** By correlation; flat ones by their brightness. */
function alike(a: Uint8Array, b: Uint8Array, size: number): boolean {
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0]
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[i] as number, b[i] as number]
    sumA += x
    sumB += y
    squareA += x * x
    squareB += y * y
    product += x * y
  }
  const spreadA = squareA - sumA ** 2 / size
  const spreadB = squareB - sumB ** 2 / size
  // Less than one grey level of deviation is flat.
  if (spreadA < size || spreadB < size) {
    return spreadA < size && spreadB < size && Math.abs(sumA - sumB) < 3 * size
  }
  return (product - (sumA * sumB) / size) / Math.sqrt(spreadA * spreadB) >= leastCorrelation
}
