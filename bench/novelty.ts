/**
 * How often what a run has never seen is said to be so: letters in many typefaces, noise, and the photographs of a folder if
 * one is named, beside held-out digits that were no reference (their rate is the false alarms').
 * Run: node bench/novelty.ts RUN [PHOTOGRAPHS], with a run on the bundled digits.
 */
import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { imageAt, type LabelledImages } from '../src/main/engine/data/data-set.ts'
import { decodeImage } from '../src/main/engine/data/image-file.ts'
import { reopenDataSet } from '../src/main/engine/data/open-data-set.ts'
import { listPictures, readPictures } from '../src/main/engine/data/picture-folder.ts'
import { prepareImage } from '../src/main/engine/data/preprocess.ts'
import { pointAt } from '../src/main/engine/embedding/nearest.ts'
import { NoveltyScale } from '../src/main/engine/embedding/novelty.ts'
import { openRun } from '../src/main/engine/runs/run-folder.ts'
import { embedByRun } from '../src/main/engine/runs/search-run.ts'
import { openBackend } from '../src/main/engine/tensorflow/backends.ts'
import { Random } from '../src/main/engine/twin/random.ts'

const [runFolder, photographs] = process.argv.slice(2)
if (runFolder === undefined) throw new Error('Name the folder of a run.')
await openBackend()
const run = await openRun(runFolder)
const { source, fingerprint, height, width } = run.config.data
const data = await reopenDataSet(source, fingerprint)
const scale = await NoveltyScale.measure(
  { images: data.train, embedding: run.train.embedding },
  { images: data.test, embedding: run.test.embedding },
)
const step = Math.ceil(data.test.count / 1000)
const heldOut = [...Array(data.test.count).keys()].filter(index => index % step !== 0)

console.log(
  '| what | images | said to be new | by the embedding alone | by pixels alone |\n|---|---|---|---|---|',
)
await report(
  'held-out digits',
  heldOut.map(index => imageAt(data.test, index)),
)
await report('letters A to Z, in the typefaces of DejaVu', await letters())
await report('noise, every pixel by chance', noise(500))
if (photographs !== undefined) {
  const read = await readPictures(photographs, await listPictures(photographs), run.config.data)
  await report(
    'photographs',
    [...Array(read.images.count).keys()].map(i => imageAt(read.images, i)),
  )
}

async function report(what: string, pictures: readonly Uint8Array[]): Promise<void> {
  const points = await embedByRun(run, together(pictures))
  const verdicts = pictures.map((pixels, i) => scale.judge(pointAt(points, i), pixels))
  const share = (counts: (verdict: (typeof verdicts)[number]) => boolean): string =>
    `${((100 * verdicts.filter(counts).length) / verdicts.length).toFixed(1)}%`
  const cells = [
    share(({ novel }) => novel),
    share(({ embedding }) => embedding.percentile >= 0.99),
    share(({ pixels }) => (pixels?.percentile ?? 0) >= 0.99),
  ]
  console.log(`| ${[what, verdicts.length, ...cells].join(' | ')} |`)
}

function together(pictures: readonly Uint8Array[]): LabelledImages {
  const pixels = new Uint8Array(pictures.length * height * width)
  pictures.forEach((picture, i) => {
    pixels.set(picture, i * height * width)
  })
  return { pixels, labels: new Uint16Array(pictures.length), count: pictures.length, height, width }
}

/** Each letter in each typeface, prepared as a picture that is dropped. */
async function letters(): Promise<Uint8Array[]> {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
  const found: Uint8Array[] = []
  for (const file of (await readdir(folder)).filter(name => /^DejaVuS.*\.ttf$/.test(name))) {
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#fff"/><text x="20" y="80" font-size="72">${letter}</text></svg>`
      const font = { fontFiles: [join(folder, file)], loadSystemFonts: false }
      const png = new Resvg(svg, { font }).render().asPng()
      found.push((await prepareImage(await decodeImage(png, letter), height, width)).pixels)
    }
  }
  return found
}

function noise(count: number): Uint8Array[] {
  const random = Random.seeded(1, 'display')
  return Array.from({ length: count }, () =>
    Uint8Array.from({ length: height * width }, () => random.below(256)),
  )
}
