import type { Split } from '../../../../shared/contract.ts'
import { badFile } from '../../../../shared/errors.ts'
import { cleanLabel } from './names.ts'
import type { PixelArray } from './pixel-array.ts'
import type { ImageSource, RawPicture, Skipped, SourceEntry } from './source.ts'
import { type Part, partNamed, splitsOf } from './split-names.ts'

/** Images of one array with their classes by name, [count]. */
export interface LabelledArray {
  readonly images: PixelArray
  readonly labels: readonly string[]
  readonly part: Part | undefined
}

class RawEntry implements SourceEntry {
  readonly label: string
  readonly split: Split | null
  readonly #images: PixelArray
  readonly #index: number

  constructor(images: PixelArray, index: number, label: string, split: Split | null) {
    this.#images = images
    this.#index = index
    this.label = label
    this.split = split
  }

  get name(): string {
    return this.#images.nameOf(this.#index)
  }

  async read(): Promise<RawPicture> {
    const { height, width, channels } = this.#images
    return { kind: 'raw', pixels: await this.#images.image(this.#index), height, width, channels }
  }
}

/** Labelled arrays as one source, those of train and test as its split. */
export function arraySource(
  about: { readonly name: string; readonly format: string; readonly skipped: readonly Skipped[] },
  arrays: readonly LabelledArray[],
): ImageSource {
  const splits = splitsOf(arrays.flatMap(({ part }) => part ?? []))
  const entries: SourceEntry[] = []
  const skipped = [...about.skipped]
  const trainFirst = arrays.toSorted((a, b) => Number(a.part !== 'train') - Number(b.part !== 'train'))
  for (const { images, labels, part } of trainFirst) {
    const split = (part && splits?.get(part)) ?? null
    labels.forEach((given, i) => {
      const label = cleanLabel(given)
      if (label === undefined)
        skipped.push({ name: images.nameOf(i), reason: 'its class has no name that can be used.' })
      else entries.push(new RawEntry(images, i, label, split))
    })
  }
  return { ...about, skipped, entries, columns: new Map(), close: async () => undefined }
}

/** @throws bad-file */
export function checkLabelCount(labels: number, images: number, where: string): void {
  if (labels !== images) {
    throw badFile(
      where,
      `it holds ${labels.toLocaleString('en')} labels for ${images.toLocaleString('en')} images.`,
    )
  }
}

/** The part that a word of a name means: "mnist_train.csv", "x_test", "t10k-images-idx3-ubyte". */
export function partWithin(name: string): Part | undefined {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return words.map(partNamed).find(part => part !== undefined)
}
