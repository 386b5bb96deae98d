import type { searchCalls } from '../../../shared/contract/search.ts'
import type { Found, Placed, Query } from '../../../shared/contract.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { type DataSet, imageAt } from '../data/data-set.ts'
import { decodeImage } from '../data/image-file.ts'
import { prepareImage } from '../data/preprocess.ts'
import { pointAt } from '../embedding/nearest.ts'
import { euclidean } from '../embedding/verification.ts'
import type { ServiceContext } from './context.ts'
import type { Model } from './model.ts'

/** Where a query falls. @throws invalid-input, bad-file */
export async function place(query: Query, data: DataSet, model: Model): Promise<Placed> {
  const { height, width, count } = data.test
  switch (query.kind) {
    case 'test': {
      if (query.index >= count) throw invalidInput(`There is no test image ${query.index}.`)
      const pixels = imageAt(data.test, query.index).slice()
      return { pixels, steps: [], width, height, point: pointAt(model.gallery, query.index).slice() }
    }
    case 'picture': {
      const picture = await decodeImage(query.file, query.name)
      const { pixels, steps } = await prepareImage(picture, height, width)
      const point = await model.embedOne({ pixels, labels: new Uint16Array(1), count: 1, height, width })
      return { pixels, steps: [...steps], width: picture.width, height: picture.height, point }
    }
    default:
      return query satisfies never
  }
}

export const searchHandlers = ({ data, model }: ServiceContext) =>
  ({
    search: ({ query, count }) => search(query, count, data(), model),
    compare: queries => compare(queries, data(), model),
  }) satisfies Handlers<typeof searchCalls>

async function search(query: Query, count: number, data: DataSet, model: Model): Promise<Found> {
  const placed = await place(query, data, model)
  const exclude = query.kind === 'test' ? query.index : -1
  return { query: placed, neighbours: model.search(placed.point, count, exclude) }
}

async function compare(
  queries: { readonly first: Query; readonly second: Query },
  data: DataSet,
  model: Model,
): Promise<{ first: Placed; second: Placed; distance: number }> {
  const first = await place(queries.first, data, model)
  const second = await place(queries.second, data, model)
  return { first, second, distance: euclidean(first.point, second.point) }
}
