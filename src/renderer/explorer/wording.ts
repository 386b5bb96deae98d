import type { DataSummary, Found, Points } from '../../shared/contract.ts'
import { distanceText } from '../search/verdict.ts'
import { type ImageRef, imageName, type ShownImages } from './splits/shown-images.ts'

const number = (value: number): string => value.toLocaleString('en')

/**
 * The recipe's title: "2-D feature representation of digit images"; of a reduction "PCA of the 8-D feature representation ...".
 * @param size of what is drawn @param made what the drawn features were made by, and of how many
 */
export function titleOf(
  data: Pick<DataSummary, 'name'> | null,
  size: number,
  made: { readonly name: string; readonly of: Pick<Points, 'size'> } | null = null,
): string {
  const images = data === null || data.name === 'digits' ? 'digit images' : `images of ${data.name}`
  const what = made === null ? `${size}-D` : `${made.name} of the ${made.of.size}-D`
  return `${what} feature representation of ${images}`
}

/** Of which moment the points are. @param imported by an encoder that was not trained here: it has none */
export function momentOf(
  { iteration, oldestIteration }: Pick<Points, 'iteration' | 'oldestIteration'>,
  imported = false,
): string {
  if (imported) return 'By the imported encoder'
  const newest = `Iteration ${number(iteration)}`
  return oldestIteration < iteration
    ? `${newest}; points are refreshed in turn, the oldest from ${number(oldestIteration)}`
    : newest
}

/** How many points of what there are: "700 test and training images of 10 classes". */
export function countText({ count, tests }: Pick<ShownImages, 'count' | 'tests'>, classes: number): string {
  return `${number(count)} ${count === tests ? 'test' : 'test and training'} images of ${classes} classes`
}

/** What a point is, read out as the keyboard comes to it. */
export function pointText(image: ImageRef, className: string, features: Float32Array): string {
  const values = Array.from(features, value => value.toPrecision(2)).slice(0, 2)
  return `Class ${className}, ${imageName(image).toLowerCase()}, at ${values.join(' and ')}`
}

/** The neighbours in order, read out on request. @param nameOf a neighbour's class, by index and rank from 0 */
export function neighboursText(
  name: string,
  { indices, distances }: Pick<Found['neighbours'], 'indices' | 'distances'>,
  nameOf: (index: number, rank: number) => string,
): string {
  const each = Array.from(
    indices,
    (index, i) => `${nameOf(index, i)} at ${distanceText(distances[i] as number)}`,
  )
  return `Nearest to ${name}, nearest first: ${each.join(', ')}`
}
