import type { Analysis, Points } from '../../../shared/contract.ts'
import type { ShownImages } from '../splits/shown-images.ts'

export type Column = 'index' | 'split' | 'class' | 'predicted' | 'confidence' | `feature ${number}`

export interface Order {
  readonly by: Column
  readonly descending: boolean
}

/** What each row of the table is ordered by; NaN where it is not known. */
export function readerOf(
  by: Column,
  { imageOf, labels }: Pick<ShownImages, 'imageOf' | 'labels'>,
  points: Points | null,
  analysis: Analysis | null,
): (index: number) => number {
  switch (by) {
    case 'index':
      return point => imageOf(point).index
    case 'split':
      return point => Number(imageOf(point).split === 'train')
    case 'class':
      return index => labels[index] ?? Number.NaN
    case 'predicted':
      return index => analysis?.predicted[index] ?? Number.NaN
    case 'confidence':
      return index => analysis?.confidence[index] ?? Number.NaN
    default: {
      const feature = Number(by.slice('feature '.length))
      return index => points?.values[index * points.size + feature] ?? Number.NaN
    }
  }
}

/** Ordered, unknown ones last, equal ones by index. A new array. */
export function inOrder(
  indices: Int32Array,
  descending: boolean,
  value: (index: number) => number,
): Int32Array {
  const sign = descending ? -1 : 1
  return indices.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
    return sign * (x - y) || a - b
  })
}
