import type { DataSummary, Found, Points } from '../../shared/contract.ts'
import { distanceText } from '../search/verdict.ts'

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

/** Of which moment the points are. */
export function momentOf({
  iteration,
  oldestIteration,
}: Pick<Points, 'iteration' | 'oldestIteration'>): string {
  const newest = `Iteration ${number(iteration)}`
  return oldestIteration < iteration
    ? `${newest}; points are refreshed in turn, the oldest from ${number(oldestIteration)}`
    : newest
}

/** What a point is, read out as the keyboard comes to it. */
export function pointText(index: number, className: string, features: Float32Array): string {
  const values = Array.from(features, value => value.toPrecision(2)).slice(0, 2)
  return `Class ${className}, test image ${index}, at ${values.join(' and ')}`
}

/** The neighbours in order, read out on request. @param nameOf a test image's class */
export function neighboursText(
  name: string,
  { indices, distances }: Pick<Found['neighbours'], 'indices' | 'distances'>,
  nameOf: (index: number) => string,
): string {
  const each = Array.from(
    indices,
    (index, i) => `${nameOf(index)} at ${distanceText(distances[i] as number)}`,
  )
  return `Nearest to ${name}, nearest first: ${each.join(', ')}`
}
