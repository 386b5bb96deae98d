import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type ImageShape, imageAt } from '../../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../../src/main/engine/data/digits.ts'
import { decodeImage } from '../../../src/main/engine/data/image-file.ts'
import { toPng } from '../../../src/main/engine/pictures/png.ts'
import { fileOfWheel, wheels } from './wheels.ts'

/** Pictures of one set, in order: class by class name, pixels [height * width * channels]. */
interface Picture {
  readonly label: string
  readonly pixels: Uint8Array
}

/** A set of real pictures that a package carries, and what comes of it. */
export interface RealSet {
  readonly name: string
  readonly shape: ImageShape
  readonly classes: readonly string[]
  readonly count: number
  /** Pixels a side that an import proposes: 16 at least. */
  readonly side: number
  /** 5-NN accuracy that a small training reaches easily; guessing has that of a class's share. */
  readonly learned: number
  pictures(): Promise<readonly Picture[]>
}

/** Handwritten digits of 43 people: Alpaydin and Kaynak, UCI Machine Learning Repository, 1998 (doi 10.24432/C50P49). */
const scannedDigits: RealSet = {
  name: 'scikit-learn digits',
  shape: { height: 8, width: 8, channels: 1 },
  classes: Array.from('0123456789'),
  count: 600,
  side: 16,
  learned: 0.5,
  async pictures() {
    const packed = await fileOfWheel(wheels.scikitLearn, 'sklearn/datasets/data/digits.csv.gz')
    const rows = gunzipSync(packed).toString('utf8').trim().split('\n').slice(0, this.count)
    return rows.map(row => {
      const values = row.split(',').map(Number)
      // Counts of ink in 4 x 4 dots, 0 to 16.
      const pixels = Uint8Array.from(values.slice(0, 64), ink => Math.round((ink * 255) / 16))
      return { label: String(values[64]), pixels }
    })
  },
}

/** Cut from Labeled Faces in the Wild (Huang et al., 2007): 100 faces, then 100 places beside faces. */
const faces: RealSet = {
  name: 'faces',
  shape: { height: 25, width: 25, channels: 1 },
  classes: ['beside a face', 'face'],
  count: 200,
  side: 25,
  learned: 0.8,
  async pictures() {
    const file = await fileOfWheel(wheels.scikitImage, 'skimage/data/lfw_subset.npy')
    // NumPy's header is 80 bytes here; the values are 64-bit floats from 0 to 1.
    const values = new Float64Array(new Uint8Array(file).buffer, 80)
    const size = this.shape.height * this.shape.width
    return Array.from({ length: this.count }, (_, i) => ({
      label: i < 100 ? 'face' : 'beside a face',
      pixels: Uint8Array.from(values.subarray(i * size, (i + 1) * size), light => Math.round(light * 255)),
    }))
  },
}

const patch = 32
const patchesOfEach = 40

/** Pieces cut from photographs in colour: which one each is of. Sources: skimage/data/README, public domain or CC. */
const photographs: RealSet = {
  name: 'photographs',
  shape: { height: patch, width: patch, channels: 3 },
  classes: ['cat', 'coffee', 'eye', 'galaxies', 'tissue'],
  count: 5 * patchesOfEach,
  side: 32,
  learned: 0.5,
  async pictures() {
    const files = ['chelsea.png', 'coffee.png', 'retina.jpg', 'hubble_deep_field.jpg', 'ihc.png']
    const cut = files.map(async (file, i) => {
      const photo = await decodeImage(await fileOfWheel(wheels.scikitImage, `skimage/data/${file}`), file)
      const across = Math.floor(photo.width / patch)
      const all = across * Math.floor(photo.height / patch)
      return Array.from({ length: patchesOfEach }, (_, k) => {
        // Evenly over the photograph; none overlaps another.
        const at = Math.floor(((k + 0.5) * all) / patchesOfEach)
        const [left, top] = [(at % across) * patch, Math.floor(at / across) * patch]
        return { label: this.classes[i] as string, pixels: cutOut(photo, left, top) }
      })
    })
    return (await Promise.all(cut)).flat()
  },
}

function cutOut({ rgba, width }: { rgba: Uint8Array; width: number }, left: number, top: number): Uint8Array {
  const pixels = new Uint8Array(patch * patch * 3)
  for (let p = 0; p < patch * patch; p++) {
    const from = 4 * ((top + Math.floor(p / patch)) * width + left + (p % patch))
    pixels.set(rgba.subarray(from, from + 3), 3 * p)
  }
  return pixels
}

/** The first of MNIST's training digits, by LeCun, Cortes and Burges. */
const mnist: RealSet = {
  name: 'MNIST',
  shape: { height: 28, width: 28, channels: 1 },
  classes: Array.from('0123456789'),
  count: 500,
  side: 28,
  learned: 0.5,
  async pictures() {
    const { train } = await loadDigits(this.count, 1)
    return Array.from(train.labels, (label, i) => ({ label: String(label), pixels: imageAt(train, i) }))
  },
}

export const realSets: readonly RealSet[] = [scannedDigits, faces, photographs, mnist]

/** Writes a set as a folder a class of PNG files. */
export async function writeRealSet(set: RealSet, folder: string): Promise<void> {
  for (const label of set.classes) await mkdir(join(folder, label), { recursive: true })
  for (const [i, { label, pixels }] of (await set.pictures()).entries())
    await writeFile(join(folder, label, `${String(i).padStart(4, '0')}.png`), await toPng(pixels, set.shape))
}
