/**
 * How often what a run has never seen is said to be so: letters in many typefaces, noise, and the photographs of a folder if
 * one is named, beside held-out digits that were no reference (their rate is the false alarms').
 * And how well the probability of "same class" is calibrated for pairs of images that it was not fitted on.
 * Run: node bench/search.ts RUN [PHOTOGRAPHS], with a run on the bundled digits.
 */
import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { imageAt, type LabelledImages } from '../src/main/engine/data/data-set.ts'
import { decodeImage, readImageFile } from '../src/main/engine/data/image-file.ts'
import { reopenDataSet } from '../src/main/engine/data/open-data-set.ts'
import { listPictures } from '../src/main/engine/data/picture-folder.ts'
import { prepareImage } from '../src/main/engine/data/preprocess.ts'
import type { LabelledEmbedding } from '../src/main/engine/embedding/embed.ts'
import { nearestFlat } from '../src/main/engine/embedding/nearest.flat.ts'
import { pointAt } from '../src/main/engine/embedding/nearest.ts'
import { createNearestIndex } from '../src/main/engine/embedding/nearest-index.ts'
import { NeighbourCalibration } from '../src/main/engine/embedding/neighbour-calibration.ts'
import { NoveltyScale } from '../src/main/engine/embedding/novelty.ts'
import { fitSameProbability } from '../src/main/engine/embedding/same-probability.ts'
import { joinParts } from '../src/main/engine/embedding/searched-points.ts'
import { samplePairDistances } from '../src/main/engine/embedding/verification.ts'
import { openRun } from '../src/main/engine/runs/run-folder.ts'
import { embedByRun } from '../src/main/engine/runs/search-run.ts'
import { openBackend } from '../src/main/engine/tensorflow/backends.ts'
import { Random } from '../src/main/engine/twin/random.ts'
import { defaultPreparation } from '../src/shared/contract.ts'
import type { TwinlensError } from '../src/shared/errors.ts'

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
  '| what | images | said to be new | by the embedding alone | by brightness alone | by shape alone |\n|---|---|---|---|---|---|',
)
await report(
  'held-out digits',
  heldOut.map(index => imageAt(data.test, index)),
)
await report('letters A to Z, in the typefaces of DejaVu', await letters())
await report('noise, every pixel by chance', noise(500))
if (photographs !== undefined)
  await report('photographs, each whole and in nine parts', await photos(photographs))

await calibration()

/** Fitted on pairs of one half of the test images, looked at on pairs of the other, both ways. */
async function calibration(): Promise<void> {
  const { embedding, labels } = run.test
  const half = (from: number): LabelledEmbedding => {
    const indices = Array.from(labels.keys()).filter(index => index % 2 === from)
    const values = new Float32Array(indices.length * embedding.size)
    indices.forEach((index, i) => {
      values.set(pointAt(embedding, index), i * embedding.size)
    })
    const { size } = embedding
    return {
      embedding: { values, count: indices.length, size },
      labels: Uint16Array.from(indices, index => labels[index] as number),
    }
  }
  for (const [fitted, looked] of [
    [half(0), half(1)],
    [half(1), half(0)],
  ] as const) {
    const pairs = samplePairDistances(fitted, 200_000, Random.seeded(1, 'quality'))
    const same = fitSameProbability(pairs.distances, pairs.similar)
    const others = samplePairDistances(looked, 200_000, Random.seeded(2, 'quality'))
    const said = others.distances.map(distance => same?.at(distance) ?? Number.NaN)
    const near = neighbourPairs(looked)
    const calibration = await calibrationOf(fitted)
    const saidNear = near.distances.map(distance => calibration.of(9)?.at(distance) ?? Number.NaN)
    const [ofPairs, ofNear] = [expectedError(said, others.similar), expectedError(saidNear, near.similar)]
    console.log(
      `Expected calibration error of the other half: random pairs ${ofPairs.toFixed(4)}, nine nearest ${ofNear.toFixed(4)}`,
    )
  }
}

function calibrationOf(part: LabelledEmbedding): Promise<NeighbourCalibration> {
  const points = joinParts([{ origin: 'test', ...part }])
  return NeighbourCalibration.measure({ points, index: createNearestIndex(part.embedding, 'once') }, part)
}

/** Every image with each of its nine nearest: pairs that were not drawn by chance. */
function neighbourPairs({ embedding, labels }: LabelledEmbedding) {
  const distances: number[] = []
  const similar: number[] = []
  for (let i = 0; i < embedding.count; i++) {
    const found = nearestFlat(embedding, pointAt(embedding, i), 9, i)
    found.indices.forEach((index, n) => {
      distances.push(found.distances[n] as number)
      similar.push(Number(labels[index] === labels[i]))
    })
  }
  return { distances: Float64Array.from(distances), similar: Uint8Array.from(similar) }
}

/** Over fifteen bins of equal width (Guo and others, ICML 2017, equation 3). */
function expectedError(said: Float64Array, truth: Uint8Array): number {
  const bins = Array.from({ length: 15 }, () => ({ said: 0, true: 0 }))
  said.forEach((probability, i) => {
    const bin = bins[Math.min(14, Math.floor(probability * 15))] as (typeof bins)[number]
    bin.said += probability
    bin.true += truth[i] as number
  })
  return bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.true), 0) / said.length
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
    share(({ shape }) => (shape?.percentile ?? 0) >= 0.99),
  ]
  console.log(`| ${[what, verdicts.length, ...cells].join(' | ')} |`)
}

function together(pictures: readonly Uint8Array[]): LabelledImages {
  const pixels = new Uint8Array(pictures.length * height * width)
  pictures.forEach((picture, i) => {
    pixels.set(picture, i * height * width)
  })
  return {
    pixels,
    labels: new Uint16Array(pictures.length),
    count: pictures.length,
    height,
    width,
    channels: 1,
  }
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
      found.push((await prepareImage(await decodeImage(png, letter), { height, width, channels: 1 })).pixels)
    }
  }
  return found
}

async function photos(folder: string): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for (const name of await listPictures(folder)) {
    const image = await readImageFile(join(folder, name))
    const [w, h] = [Math.floor(image.width / 3), Math.floor(image.height / 3)]
    const parts = Array.from({ length: 9 }, (_, i) => {
      return { left: (i % 3) * w, top: Math.floor(i / 3) * h, width: w, height: h }
    })
    for (const area of [null, ...parts]) {
      const prepared = prepareImage(image, { height, width, channels: 1 }, { ...defaultPreparation, area })
      // A part that shows nothing at all is refused before it could be judged.
      const pixels = await prepared.then(
        ({ pixels }) => pixels,
        (error: TwinlensError) => error,
      )
      if (pixels instanceof Uint8Array) found.push(pixels)
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
