import {
  type Found,
  type Gallery,
  type Hit,
  noClass,
  type Origin,
  type Outsider,
  originNames,
  type Placed,
  type Points,
  type Query,
  type Stage,
} from '../../src/shared/contract.ts'
import { badFile, invalidInput } from '../../src/shared/errors.ts'
import { fakeDigit, fakeLabel, fakeShape } from './fake-digits.ts'

/** A picture that was brought: a test image in disguise. */
export interface FakeMember {
  readonly name: string
  readonly index: number
  readonly label: number
}

/** What the fake searches in. Training images fall where test images do; there are none before a training's end. */
export interface FakeWorld {
  readonly points: Points | null
  readonly trained: boolean
  readonly members: (gallery: string) => readonly FakeMember[]
}

export interface FakeChoice {
  readonly count: number
  readonly gallery: Gallery
  readonly classes?: Uint16Array | undefined
}

const onlyTest = (points: Points | null): FakeWorld => ({ points, trained: false, members: () => [] })

/** The test image that a picture is taken for, by its length. */
export function disguised(picture: Outsider, count: number): number {
  const bytes = picture.kind === 'picture' ? picture.file : picture.pixels
  if (bytes.length === 0) throw badFile(picture.name, 'it is empty.')
  return bytes.length % count
}

export function fakeStages(index: number): Stage[] {
  const pixels = fakeDigit('test', index)
  const stage = {
    pixels,
    width: fakeShape().width,
    height: fakeShape().height,
    shownWidth: fakeShape().width,
    shownHeight: fakeShape().height,
    channels: fakeShape().channels,
  }
  return ['turned to grey', 'centred', `scaled to ${fakeShape().width} × ${fakeShape().height}`].map(
    words => ({
      ...stage,
      words,
    }),
  )
}

/** Where a query falls: a test image at its point, any picture where one of the test images is. */
export function place(query: Query, points: Points | null, world = onlyTest(points)): Placed {
  if (points === null) throw invalidInput('There is nothing to search before a training has begun.')
  const count = points.values.length / points.size
  const at = (index: number): Float32Array =>
    points.values.slice(index * points.size, (index + 1) * points.size)
  const indexOf = (): number => {
    if (query.kind === 'member') return world.members(query.gallery)[query.index]?.index ?? count
    if (query.kind === 'mean') return query.indices[0] ?? count
    return query.kind === 'picture' || query.kind === 'canvas' ? disguised(query, count) : query.index
  }
  const index = indexOf()
  if (index >= count) throw invalidInput(`There is no test image ${index}.`)
  const prepared = query.kind === 'picture' || query.kind === 'canvas'
  const stages = prepared ? fakeStages(index) : []
  return {
    pixels: fakeDigit(query.kind === 'train' ? 'train' : 'test', index),
    steps: stages.map(({ words }) => words),
    stages,
    width: prepared ? 256 : fakeShape().width,
    height: prepared ? 192 : fakeShape().height,
    point: query.kind === 'mean' ? meanOf([...query.indices].map(at)) : at(index),
  }
}

/** The nearest by looking at every one. */
export function search(
  query: Query,
  count: number,
  points: Points | null,
  world = onlyTest(points),
  { gallery, classes }: Omit<FakeChoice, 'count'> = { gallery: { kind: 'test' } },
): Found {
  const placed = place(query, points, world)
  const others = hitsOf(gallery, placed.point, world).filter(hit => !isItself(query, hit))
  const nearest = others.sort((a, b) => a.distance - b.distance)
  const wanted = nearest.filter(({ label }) => classes === undefined || classes.includes(label))
  const label = labelOf(query, world) ?? nearest.find(hit => hit.label !== noClass)?.label
  return {
    query: placed,
    neighbours: asArrays(wanted.slice(0, count)),
    class: label === undefined ? null : { label, known: labelOf(query, world) !== undefined },
    nearestOther: nearest.find(hit => label !== undefined && hit.label !== label) ?? null,
    farthestOwn: nearest.findLast(hit => hit.label === label) ?? null,
    novelty: world.trained ? noveltyOf(query, placed) : null,
    calibration: world.trained ? "200,000 random pairs of this run's test images" : null,
  }
}

export const distance = (a: Float32Array, b: Float32Array): number =>
  Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)))

/** Halves with every tenth of distance. */
export const fakeSame = (world: FakeWorld, apart: number): number | null =>
  world.trained ? 0.98 * 0.5 ** (apart * 10) : null

/** A picture of more than a thousand bytes that ends in a 1 is strange. */
function noveltyOf(query: Query, { point }: Placed): Found['novelty'] {
  const novel = query.kind === 'picture' && query.file.length > 1000 && query.file.length % 10 === 1
  const percentile = novel ? 0.998 : 0.4
  const embedding = { distance: Math.abs(point[0] ?? 0) / 10, percentile: 0.4 }
  return {
    percentile,
    novel,
    embedding,
    pixels: query.kind === 'mean' ? null : { distance: novel ? 11.2 : 6.1, percentile },
    shape: query.kind === 'mean' ? null : { distance: 0.6, percentile: 0.4 },
    references: 1000,
  }
}

function hitsOf(gallery: Gallery, point: Float32Array, world: FakeWorld): Hit[] {
  const { values, size } = world.points ?? { values: new Float32Array(0), size: 1 }
  const hit = (origin: Origin, index: number, at: number, label: number): Hit => {
    const apart = distance(point, values.subarray(at * size, (at + 1) * size))
    return { origin, index, distance: apart, label, same: fakeSame(world, apart) }
  }
  if (gallery.kind === 'pictures') {
    return world.members(gallery.gallery).map(({ index, label }, i) => hit('pictures', i, index, label))
  }
  if (gallery.kind !== 'test' && !world.trained) {
    throw invalidInput('Training images can be used only when a training has ended.')
  }
  const origins = gallery.kind === 'both' ? (['test', 'train'] as const) : [gallery.kind]
  return origins.flatMap(origin =>
    Array.from({ length: values.length / size }, (_, i) => hit(origin, i, i, fakeLabel(i))),
  )
}

function isItself(query: Query, { origin, index }: Hit): boolean {
  if (query.kind === 'mean') return origin === query.split && query.indices.includes(index)
  if (query.kind === 'member') return origin === 'pictures' && index === query.index
  return (query.kind === 'test' || query.kind === 'train') && origin === query.kind && index === query.index
}

function labelOf(query: Query, world: FakeWorld): number | undefined {
  if (query.kind === 'test' || query.kind === 'train') return fakeLabel(query.index)
  const label = query.kind === 'member' ? world.members(query.gallery)[query.index]?.label : undefined
  return label === noClass ? undefined : label
}

function asArrays(hits: readonly Hit[]): Found['neighbours'] {
  return {
    indices: Int32Array.from(hits, ({ index }) => index),
    distances: Float64Array.from(hits, hit => hit.distance),
    origins: Uint8Array.from(hits, ({ origin }) => originNames.indexOf(origin)),
    labels: Uint16Array.from(hits, ({ label }) => label),
    same: Float64Array.from(hits, ({ same }) => same ?? Number.NaN),
  }
}

const meanOf = (points: readonly Float32Array[]): Float32Array =>
  (points[0] ?? new Float32Array(0)).map(
    (_, i) => points.reduce((sum, point) => sum + (point[i] ?? 0), 0) / points.length,
  )
