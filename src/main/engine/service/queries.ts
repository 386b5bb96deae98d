import type { searchCalls } from '../../../shared/contract/search.ts'
import {
  type Explained,
  type Found,
  mostPairs,
  type Query,
  type Rates,
  type Verified,
} from '../../../shared/contract.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { defaults } from '../../../shared/hyperparameters.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { shapeOf } from '../data/data-set.ts'
import { euclidean } from '../embedding/verification.ts'
import { allPairs, bestPairs } from '../embedding/verify-points.ts'
import { gradientMaps } from '../explain/gradient.ts'
import { meanImage } from '../explain/mean-image.ts'
import { occlusionMaps } from '../explain/occlusion.ts'
import type { ServiceContext } from './context.ts'
import { type Measured, Measurements } from './measured.ts'
import { PictureGalleries } from './picture-galleries.ts'
import { placeQuery, prepareOutsider } from './place-query.ts'
import { Search, type SearchChoice } from './search.ts'

export function searchHandlers(context: ServiceContext) {
  const { model, session } = context
  const galleries = new PictureGalleries()
  const measurements = new Measurements(model)
  const places = () => ({ data: context.data(), model, galleries })
  const measured = () =>
    measurements.measured(context.data(), session.state.hyperparameters?.seed ?? defaults.seed)
  const search = new Search(places, measurements, measured)

  return {
    search: ({ query, ...choice }, { signal }) => search.one(query, choice, signal),
    searchMany: ({ queries, ...choice }, { signal }) => searchMany(search, queries, choice, signal),
    compare: async (queries, { signal }) => {
      const first = (await placeQuery(queries.first, places(), signal)).placed
      const second = (await placeQuery(queries.second, places(), signal)).placed
      const distance = euclidean(first.point, second.point)
      return { first, second, distance, same: measured()?.same?.at(distance) ?? null }
    },
    prepare: async ({ picture }) => {
      const { pixels, steps, stages } = (await prepareOutsider(picture, context.data())).prepared
      return { pixels, steps: [...steps], stages: [...stages] }
    },
    addPictures: async ({ gallery, pictures }, { signal }) => {
      const state = await galleries.add(gallery, pictures, context.data(), signal)
      model.views.forget(state.gallery)
      return state
    },
    galleryPictures: ({ gallery, indices }) => galleries.pictures(gallery, indices),
    dropGallery: ({ gallery }) => {
      galleries.drop(gallery)
      model.views.forget(gallery)
      return undefined
    },
    errorRates: ({ threshold }) => rates(measured(), threshold),
    verify: async ({ first, second, threshold, pairs }, { signal }) => {
      const data = context.data()
      const a = (await galleries.embedding(first, data, model, signal)).embedding
      const b = (await galleries.embedding(second, data, model, signal)).embedding
      if (pairs === 'all' && a.count * b.count > mostPairs) {
        throw invalidInput(
          `${a.count} and ${b.count} pictures make more than ${mostPairs.toLocaleString('en')} pairs: ask for the best of each.`,
        )
      }
      const found = await (pairs === 'all' ? allPairs : bestPairs)(a, b, signal)
      const { same } = measured() ?? {}
      return {
        ...found,
        same: found.distances.map(distance => same?.at(distance) ?? Number.NaN),
        similar: Uint8Array.from(found.distances, distance => Number(distance <= threshold)),
        rates: rates(measured(), threshold),
      } satisfies Verified
    },
    explain: async ({ first, second, method, patch }, { signal }): Promise<Explained> => {
      const a = await placeQuery(first, places(), signal)
      const b = await placeQuery(second, places(), signal)
      if (!a.isImage || !b.isImage) throw invalidInput('A mean is no image: there is nothing to hide of it.')
      const { train, test } = context.data()
      const pair = {
        first: a.placed.pixels,
        second: b.placed.pixels,
        mean: meanImage(train),
        ...shapeOf(test),
      }
      return method === 'gradient'
        ? model.withNetwork(network => gradientMaps(network, pair))
        : model.withEmbed(embed => occlusionMaps(embed, pair, patch, signal))
    },
  } satisfies Handlers<typeof searchCalls>
}

/** A row for each query; what is wrong with one is told in its row. */
async function* searchMany(
  search: Search,
  queries: readonly Query[],
  choice: SearchChoice,
  signal: AbortSignal,
): AsyncGenerator<{
  row: number
  found: Found | null
  error: { kind: TwinlensError['kind']; message: string } | null
}> {
  for (const [row, query] of queries.entries()) {
    try {
      yield { row, found: await search.one(query, choice, signal), error: null }
    } catch (error) {
      if (!(error instanceof TwinlensError) || error.kind === 'cancelled') throw error
      yield { row, found: null, error: error.toWire() }
    }
  }
}

function rates(measured: Measured | undefined, threshold: number): Rates | null {
  if (measured === undefined) return null
  const { distances } = measured
  const { falseAccept, falseReject } = distances.ratesAt(threshold)
  const orNull = (share: number): number | null => (Number.isNaN(share) ? null : share)
  return {
    threshold,
    falseAccept: orNull(falseAccept),
    falseReject: orNull(falseReject),
    similarPairs: distances.similarPairs,
    dissimilarPairs: distances.dissimilarPairs,
  }
}
