import type { Found, Gallery, Query } from '../../../shared/contract.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { SameProbability } from '../embedding/same-probability.ts'
import { type SearchView, type SearchViewsOfGallery, searchPoints } from '../embedding/search-points.ts'
import { type GalleryPart, hasUnknown } from '../embedding/searched-points.ts'
import { type Measured, type Measurements, onlyAfterTraining } from './measured.ts'
import { type Places, placeQuery } from './place-query.ts'

/** How a search is done. */
export interface SearchChoice {
  readonly count: number
  readonly gallery: Gallery
  readonly classes?: Uint16Array | undefined
}

/** Answers queries by the model as it is. */
export class Search {
  readonly #places: () => Places
  readonly #measurements: Measurements
  readonly #measured: () => Measured | undefined

  constructor(places: () => Places, measurements: Measurements, measured: () => Measured | undefined) {
    this.#places = places
    this.#measurements = measurements
    this.#measured = measured
  }

  /** @throws invalid-input, bad-file, cancelled */
  async one(query: Query, choice: SearchChoice, signal: AbortSignal): Promise<Found> {
    const places = this.#places()
    const { placed, label, itself, isImage } = await placeQuery(query, places, signal)
    const novelty = await this.#measurements.novelty(places.data)
    const views = await this.#views(choice, places, signal)
    const { same, source } = await this.#calibration(choice, views.all, places)
    const found = searchPoints(views, { point: placed.point, label, itself }, choice.count, same)
    const trained = itself?.origin === 'train' && isImage ? itself.indices[0] : undefined
    return {
      ...found,
      query: placed,
      novelty: novelty?.judge(placed.point, isImage ? placed.pixels : null, trained) ?? null,
      calibration: same === undefined ? null : source,
    }
  }

  /** By neighbours of the same kind, where held-out images have such; by pairs drawn by chance otherwise. */
  async #calibration(
    { count, gallery, classes }: SearchChoice,
    all: SearchView,
    places: Places,
  ): Promise<{ same: SameProbability | undefined; source: string }> {
    if (gallery.kind !== 'pictures' && classes === undefined) {
      const neighbours = await this.#measurements.neighbours(places.data, all)
      const same = neighbours?.of(count)
      if (neighbours !== undefined && same !== undefined) {
        return {
          same,
          source: `the neighbours of ${neighbours.queries.toLocaleString('en')} test images of this ${places.model.whose}`,
        }
      }
    }
    const measured = this.#measured()
    return { same: measured?.same, source: measured?.source ?? '' }
  }

  async #views(
    { gallery, classes }: SearchChoice,
    places: Places,
    signal: AbortSignal,
  ): Promise<SearchViewsOfGallery> {
    const { data, model } = places
    const wrong = classes?.find(label => label >= data.classes.length)
    if (wrong !== undefined) throw invalidInput(`There is no class ${wrong}.`)
    const parts = await partsOf(gallery, places, signal)
    const use = model.train === undefined ? 'once' : 'often'
    const view = (wanted: Uint16Array | undefined): SearchView => model.views.of(gallery, parts, wanted, use)
    const all = view(undefined)
    const known = (): SearchView => view(Uint16Array.from(data.classes, (_, label) => label))
    return { wanted: view(classes), all, labelled: hasUnknown(all.points) ? known() : all }
  }
}

/** @throws invalid-input: not there yet, or not any more; cancelled */
async function partsOf(
  gallery: Gallery,
  { data, model, galleries }: Places,
  signal: AbortSignal,
): Promise<GalleryPart[]> {
  const test = (): GalleryPart => ({ origin: 'test', embedding: model.gallery, labels: data.test.labels })
  const train = (): GalleryPart => {
    if (model.train === undefined) throw onlyAfterTraining('Training images')
    return { origin: 'train', ...model.train }
  }
  switch (gallery.kind) {
    case 'test':
      return [test()]
    case 'train':
      return [train()]
    case 'both':
      return [test(), train()]
    case 'pictures':
      return [{ origin: 'pictures', ...(await galleries.embedding(gallery.gallery, data, model, signal)) }]
    default:
      return gallery satisfies never
  }
}
