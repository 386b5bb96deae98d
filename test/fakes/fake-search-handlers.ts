import type { searchCalls } from '../../src/shared/contract/search.ts'
import { noClass, type Points, type Training } from '../../src/shared/contract.ts'
import { invalidInput, TwinlensError } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'
import { fakeDigit, fakePixels } from './fake-digits.ts'
import {
  disguised,
  distance,
  type FakeMember,
  type FakeWorld,
  fakeSame,
  fakeStages,
  place,
  search,
} from './fake-search.ts'

/** Answers every call of the image search from memory. */
export function fakeSearchHandlers(
  training: () => Training,
  points: () => Points | null,
): Handlers<typeof searchCalls> {
  const galleries = new Map<string, FakeMember[]>()
  const members = (gallery: string): readonly FakeMember[] => {
    const found = galleries.get(gallery)
    if (found === undefined)
      throw invalidInput('That gallery of pictures is not there any more. Bring it again.')
    return found
  }
  const world = (): FakeWorld => ({ points: points(), trained: training().phase === 'done', members })
  const rates = (threshold: number) => {
    const falseAccept = Math.min(1, threshold * 0.7)
    const counts = { similarPairs: 20_000, dissimilarPairs: 180_000 }
    return world().trained
      ? { threshold, falseAccept, falseReject: 0.9 ** (threshold * 60), ...counts }
      : null
  }

  return {
    search: ({ query, count, ...choice }) => search(query, count, points(), world(), choice),
    async *searchMany({ queries, count, ...choice }) {
      for (const [row, query] of queries.entries()) {
        try {
          yield { row, found: search(query, count, points(), world(), choice), error: null }
        } catch (error) {
          if (!(error instanceof TwinlensError)) throw error
          yield { row, found: null, error: error.toWire() }
        }
      }
    },
    compare: queries => {
      const [first, second] = [
        place(queries.first, points(), world()),
        place(queries.second, points(), world()),
      ]
      const apart = distance(first.point, second.point)
      return { first, second, distance: apart, same: fakeSame(world(), apart) }
    },
    prepare: ({ picture }) => {
      const index = disguised(picture, 100)
      const stages = fakeStages(index)
      return { pixels: fakeDigit('test', index), steps: stages.map(({ words }) => words), stages }
    },
    addPictures: ({ gallery = `gallery ${galleries.size + 1}`, pictures }) => {
      const before = galleries.get(gallery) ?? []
      const good = pictures.filter(({ file }) => file.length > 0)
      const added = good.map(({ name, file, label = noClass }) => ({ name, label, index: file.length % 100 }))
      galleries.set(gallery, [...before, ...added])
      const refused = pictures
        .filter(({ file }) => file.length === 0)
        .map(({ name }) => ({ name, error: { kind: 'bad-file' as const, message: `${name}: it is empty.` } }))
      return { gallery, count: before.length + added.length, refused }
    },
    galleryPictures: ({ gallery, indices }) => {
      const chosen = Array.from(indices, index => {
        const found = members(gallery)[index]
        if (found === undefined) throw invalidInput(`There is no picture ${index} in the gallery.`)
        return found
      })
      const pixels = new Uint8Array(chosen.length * fakePixels())
      chosen.forEach(({ index }, i) => {
        pixels.set(fakeDigit('test', index), i * fakePixels())
      })
      return {
        indices,
        names: chosen.map(({ name }) => name),
        pixels,
        labels: Uint16Array.from(chosen, ({ label }) => label),
      }
    },
    dropGallery: ({ gallery }) => {
      galleries.delete(gallery)
      return undefined
    },
    errorRates: ({ threshold }) => rates(threshold),
    verify: ({ first, second, threshold, pairs }) => {
      const of = (gallery: string): Float32Array[] =>
        members(gallery).map(({ index }) => place({ kind: 'test', index }, points()).point)
      const [a, b] = [of(first), of(second)]
      const measured = a
        .flatMap((one, i) => {
          const all = b.map((other, j) => ({ i, j, distance: distance(one, other) }))
          return pairs === 'all' ? all : all.toSorted((x, y) => x.distance - y.distance).slice(0, 1)
        })
        .sort((x, y) => x.distance - y.distance)
      return {
        first: Int32Array.from(measured, ({ i }) => i),
        second: Int32Array.from(measured, ({ j }) => j),
        distances: Float64Array.from(measured, pair => pair.distance),
        same: Float64Array.from(measured, pair => fakeSame(world(), pair.distance) ?? Number.NaN),
        similar: Uint8Array.from(measured, pair => Number(pair.distance <= threshold)),
        rates: rates(threshold),
      }
    },
    explain: ({ first, second }) => {
      const [a, b] = [place(first, points(), world()), place(second, points(), world())]
      // Ink of both holds them together, ink of one alone keeps them apart.
      const map = (mine: Uint8Array, theirs: Uint8Array): Float32Array =>
        Float32Array.from(mine, (ink, i) => (ink / 255) * ((theirs[i] ?? 0) > 64 ? 0.05 : -0.03))
      return {
        distance: distance(a.point, b.point),
        first: map(a.pixels, b.pixels),
        second: map(b.pixels, a.pixels),
      }
    },
  }
}
