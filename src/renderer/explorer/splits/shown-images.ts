import type { Split } from '../../../shared/contract.ts'

/** Which images there are points of: the test images, or these followed by the training images. */
export type Shown = 'test' | 'both'

/** One image of the data set. */
export interface ImageRef {
  readonly split: Split
  /** In its own split. */
  readonly index: number
}

/** Which image each point is of. Test images come first, so that a test image has the same number in every view. */
export interface ShownImages {
  /** Points in all. */
  readonly count: number
  /** Of them test images. */
  readonly tests: number
  /** Class of every point, [count]. */
  readonly labels: Uint16Array
  imageOf(point: number): ImageRef
  /** @returns -1 for an image that has no point */
  pointOf(split: Split, index: number): number
}

/** @param trainLabels null: no training images */
export function shownImages(testLabels: Uint16Array, trainLabels: Uint16Array | null = null): ShownImages {
  const tests = testLabels.length
  const trains = trainLabels?.length ?? 0
  const count = tests + trains
  let labels = testLabels
  if (trainLabels !== null) {
    labels = new Uint16Array(count)
    labels.set(testLabels)
    labels.set(trainLabels, tests)
  }
  return {
    ...{ count, tests, labels },
    imageOf: point =>
      point < tests ? { split: 'test', index: point } : { split: 'train', index: point - tests },
    pointOf: (split, index) => {
      if (split === 'test') return index < tests ? index : -1
      return index < trains ? tests + index : -1
    },
  }
}

/** "Test image 7", for a person. */
export const imageName = ({ split, index }: ImageRef): string =>
  `${split === 'test' ? 'Test' : 'Training'} image ${index}`

/** What is known of the test images alone, with no value for the others. @param missing what stands for none */
export function withoutValue(values: ArrayLike<number>, count: number, missing: number): ArrayLike<number> {
  if (values.length === count) return values
  const all = new Float64Array(count).fill(missing)
  all.set(values)
  return all
}
