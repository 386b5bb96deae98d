import { badFile, invalidInput } from '../../../shared/errors.ts'
import { type DataSet, type DataSource, type LabelledImages, sliceImages } from './data-set.ts'
import { readIdx } from './idx.ts'

/** Sides the encoder is meant for, in pixels. */
const sideLimits = { min: 4, max: 256 } as const

/**
 * Images and their labels from a pair of IDX files.
 * @throws bad-file: not images or labels, counts that differ, a size out of range
 */
export async function readLabelledIdx(
  imagesFile: string,
  labelsFile: string,
  limit?: number,
): Promise<LabelledImages> {
  const [images, labels] = await Promise.all([readIdx(imagesFile, limit), readIdx(labelsFile, limit)])
  const [count = 0, height = 0, width = 0] = images.dimensions
  if (images.dimensions.length !== 3) {
    throw badFile(
      imagesFile,
      `it has ${images.dimensions.length} dimension(s); images need 3: count, height, width.`,
    )
  }
  if (labels.dimensions.length !== 1) {
    throw badFile(labelsFile, `it has ${labels.dimensions.length} dimensions; labels need 1.`)
  }
  for (const side of [height, width]) {
    if (side < sideLimits.min || side > sideLimits.max) {
      throw badFile(
        imagesFile,
        `its images are ${width} x ${height} pixels; sides from ${sideLimits.min} to ${sideLimits.max} can be used.`,
      )
    }
  }
  if (labels.data.length !== count) {
    throw badFile(
      labelsFile,
      `it holds ${labels.data.length} labels for the ${count} images of ${imagesFile}.`,
    )
  }
  return { pixels: images.data, labels: Uint16Array.from(labels.data), count, height, width, channels: 1 }
}

/**
 * A data set from a person's own IDX files. With test files of their own, the first `trainCount` and the first
 * `testCount` of each are used; without, the images after the first `trainCount` are the test set. Counts not given
 * take what is there, up to the recipe's 5,000 / 5,000 (a single file is halved when it holds less).
 * @throws bad-file, invalid-input: more images asked for than there are
 */
export async function loadIdxDataSet(
  source: Omit<Extract<DataSource, { kind: 'idx' }>, 'trainCount' | 'testCount'>,
  counts: { train?: number | undefined; test?: number | undefined },
  defaults: { train: number; test: number },
): Promise<DataSet> {
  const all = await readLabelledIdx(source.images, source.labels)
  let train: LabelledImages
  let test: LabelledImages
  if (source.testImages !== undefined && source.testLabels !== undefined) {
    const others = await readLabelledIdx(source.testImages, source.testLabels)
    if (others.height !== all.height || others.width !== all.width) {
      throw badFile(
        source.testImages,
        `its images are ${others.width} x ${others.height}, the training images ${all.width} x ${all.height}.`,
      )
    }
    train = firstOf(all, counts.train ?? Math.min(all.count, defaults.train), source.images)
    test = firstOf(others, counts.test ?? Math.min(others.count, defaults.test), source.testImages)
  } else {
    const half = Math.ceil(all.count / 2)
    const trainCount =
      counts.train ?? Math.min(defaults.train, counts.test === undefined ? half : all.count - counts.test)
    train = firstOf(all, trainCount, source.images)
    const left = all.count - trainCount
    const testCount = counts.test ?? Math.min(defaults.test, left)
    if (testCount < 1 || testCount > left) {
      throw invalidInput(
        `${source.images}: it holds ${all.count} images; ${trainCount} for training leave ${left} for testing, not ${testCount}.`,
      )
    }
    test = sliceImages(all, trainCount, trainCount + testCount)
  }
  return {
    name: 'idx',
    source: { ...source, kind: 'idx', trainCount: train.count, testCount: test.count },
    classes: classNames(train, test),
    train,
    test,
  }
}

function firstOf(images: LabelledImages, count: number, file: string): LabelledImages {
  if (!Number.isInteger(count) || count < 1 || count > images.count) {
    throw invalidInput(`${file}: it holds ${images.count} images; ${count} cannot be taken.`)
  }
  return sliceImages(images, 0, count)
}

/** IDX labels are numbers, so the classes are their numerals up to the largest that occurs. */
function classNames(train: LabelledImages, test: LabelledImages): string[] {
  let largest = 0
  for (const part of [train, test]) for (const label of part.labels) largest = Math.max(largest, label)
  return Array.from({ length: largest + 1 }, (_, label) => String(label))
}
