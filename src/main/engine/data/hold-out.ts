import { invalidInput } from '../../../shared/errors.ts'
import { Random } from '../twin/random.ts'
import { type DataSet, imageAt, type LabelledImages } from './data-set.ts'

/** Which share of the training images stands in for the test images. */
export interface HeldOutShare {
  readonly share: number
  readonly seed: number
}

const heldOut = new WeakMap<DataSet, { readonly share: HeldOutShare; readonly of: DataSet }>()

/** How a data set was made by `holdOut`, and of which; undefined for one as it was opened. */
export const heldOutOf = (data: DataSet) => heldOut.get(data)

/**
 * The data set with a share of its training images in place of its test images, so that values are chosen without ever looking at
 * those: see `divide`.
 * @throws invalid-input: nothing can be left out
 */
export function holdOut(data: DataSet, { share, seed }: HeldOutShare): DataSet {
  const { kept, held } = divide(data.train, { share, seed })
  const divided = { ...data, train: kept, test: held }
  heldOut.set(divided, { share: { share, seed }, of: data })
  return divided
}

/**
 * A share of some images and the rest of them. Of each class the same share, drawn by the seed; at least two of each are kept.
 * @throws invalid-input: nothing can be left out
 */
export function divide(
  images: LabelledImages,
  { share, seed }: HeldOutShare,
): { readonly kept: LabelledImages; readonly held: LabelledImages } {
  const byClass = new Map<number, number[]>()
  images.labels.forEach((label, index) => {
    const members = byClass.get(label)
    if (members === undefined) byClass.set(label, [index])
    else members.push(index)
  })
  const random = Random.seeded(seed, 'quality')
  const taken = new Set<number>()
  for (const [, members] of [...byClass].toSorted(([a], [b]) => a - b)) {
    const most = Math.max(0, Math.min(Math.round(share * members.length), members.length - 2))
    for (const at of random.sample(members.length, most)) taken.add(members[at] as number)
  }
  if (taken.size === 0)
    throw invalidInput(
      'There are too few training images to leave some out for validation: name a larger share.',
    )
  const part = (isTaken: boolean): LabelledImages => {
    const indices = Array.from({ length: images.count }, (_, i) => i).filter(i => taken.has(i) === isTaken)
    const size = images.pixels.length / images.count
    const pixels = new Uint8Array(indices.length * size)
    indices.forEach((index, i) => {
      pixels.set(imageAt(images, index), i * size)
    })
    const labels = Uint16Array.from(indices, index => images.labels[index] as number)
    return { ...images, pixels, labels, count: indices.length }
  }
  return { kept: part(false), held: part(true) }
}
