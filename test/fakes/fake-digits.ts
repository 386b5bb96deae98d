import { Random } from '../../src/main/engine/twin/random.ts'
import type { DigitsChoice, Images, Split } from '../../src/shared/contract.ts'

const drawnSide = 28
const drawnPixels = drawnSide * drawnSide

/**
 * Seven-segment strokes of each digit, as ends in a box of 1 x 2. Not handwriting, but ten classes that one tells apart
 * at a glance, each image a little different.
 */
const segments: Record<string, readonly [number, number, number, number]> = {
  a: [0, 0, 1, 0],
  b: [1, 0, 1, 1],
  c: [1, 1, 1, 2],
  d: [0, 2, 1, 2],
  e: [0, 1, 0, 2],
  f: [0, 0, 0, 1],
  g: [0, 1, 1, 1],
}
const strokes = ['abcdef', 'bc', 'abged', 'abgcd', 'fgbc', 'afgcd', 'afgedc', 'abc', 'abcdefg', 'abcdfg']

const splitSeeds: Record<Split, number> = { train: 1000, test: 2_000_000 }

let classes = strokes.length

/** Another number of classes than the ten digits, to see what many look like: before the engine is asked for anything. */
export function setFakeClasses(count: number): void {
  classes = count
}

/** The digits, or names as long as people give. */
export const fakeClasses = (): string[] =>
  Array.from({ length: classes }, (_, label) =>
    classes === strokes.length
      ? String(label)
      : `Specimen ${label} of ${label % 3 === 0 ? 'the coast' : 'a hill'}`,
  )

/** Classes come in turn: image i is a digit i mod 10. */
export const fakeLabel = (index: number): number => index % classes

/** Where a class lies once it has come apart, for a margin of 1: ten on a circle, further ones on wider circles. */
export function fakeCentre(label: number): readonly [x: number, y: number] {
  const angle = (2 * Math.PI * label) / 10
  const ring = 1 + 0.7 * Math.floor(label / 10)
  return [ring * Math.cos(angle), ring * Math.sin(angle)]
}

interface FakeShape {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

let shape: FakeShape = { width: drawnSide, height: drawnSide, channels: 1 }

/** Images of another size or in colour: before the engine is asked for anything. */
export function setFakeShape(other: FakeShape): void {
  shape = other
}

export const fakeShape = (): FakeShape => shape
export const fakePixels = (): number => shape.width * shape.height * shape.channels

/** Pixels of one image, [height * width * channels], the same each time; in colour, each class on a ground of its own. */
export function fakeDigit(split: Split, index: number): Uint8Array {
  const drawn = drawnDigit(split, index)
  const { width, height, channels } = shape
  const ground = [40, 90, 150].map(value => (value * (1 + fakeLabel(index))) % 200)
  return Uint8Array.from({ length: fakePixels() }, (_, i) => {
    const pixel = Math.floor(i / channels)
    const x = Math.floor(((pixel % width) * drawnSide) / width)
    const y = Math.floor((Math.floor(pixel / width) * drawnSide) / height)
    const ink = drawn[y * drawnSide + x] as number
    return channels === 1 ? ink : Math.max(ink, ground[i % 3] as number)
  })
}

/** [28 * 28] */
function drawnDigit(split: Split, index: number): Uint8Array {
  const random = Random.seeded(splitSeeds[split] + index, 'display')
  const slant = (random.uniform() - 0.5) * 5
  const width = 8 + random.uniform() * 3
  const height = 8 + random.uniform() * 1.5
  const left = (drawnSide - width) / 2 + (random.uniform() - 0.5) * 3
  const top = (drawnSide - 2 * height) / 2 + (random.uniform() - 0.5) * 3
  const thickness = 1 + random.uniform() * 0.7
  const ends = [...(strokes[fakeLabel(index) % strokes.length] ?? '')].map(name => {
    const [x1, y1, x2, y2] = segments[name] ?? [0, 0, 0, 0]
    const x = (of: number, y: number) => left + of * width + (1 - y) * slant
    return [x(x1, y1), top + y1 * height, x(x2, y2), top + y2 * height] as const
  })
  return Uint8Array.from({ length: drawnPixels }, (_, i) => {
    const distance = Math.min(...ends.map(end => distanceTo(end, i % drawnSide, Math.floor(i / drawnSide))))
    return 255 * Math.min(1, Math.max(0, thickness + 0.8 - distance))
  })
}

export function fakeImages(split: Split, indices: Int32Array): Images {
  const pixels = new Uint8Array(indices.length * fakePixels())
  indices.forEach((index, i) => {
    pixels.set(fakeDigit(split, index), i * fakePixels())
  })
  return { indices, pixels, labels: Uint16Array.from(indices, fakeLabel) }
}

/** Pairs of training images, similar and dissimilar in a seeded order. */
export function fakePairs({ trainCount }: Pick<DigitsChoice, 'trainCount'>, count: number, seed: number) {
  const random = Random.seeded(seed, 'pairs')
  const first = Int32Array.from({ length: count }, () => random.below(trainCount))
  const similar = Uint8Array.from({ length: count }, () => random.below(2))
  const second = first.map((index, i) => {
    for (;;) {
      const other = random.below(trainCount)
      if (other !== index && (fakeLabel(other) === fakeLabel(index)) === (similar[i] === 1)) return other
    }
  })
  return { first: fakeImages('train', first), second: fakeImages('train', second), similar }
}

/** From a point to a line between two points. */
function distanceTo(
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  x: number,
  y: number,
): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1))
}
