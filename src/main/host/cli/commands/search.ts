import { resolve } from 'node:path'
import type { Command } from 'commander'
import { invalidInput } from '../../../../shared/errors.ts'
import { imageAt } from '../../../engine/data/data-set.ts'
import { readImageFile } from '../../../engine/data/image-file.ts'
import { reopenDataSet } from '../../../engine/data/open-data-set.ts'
import { prepareImage } from '../../../engine/data/preprocess.ts'
import type { Neighbours } from '../../../engine/embedding/nearest.ts'
import { drawSheet, type Tile } from '../../../engine/pictures/sheet.ts'
import { openRun, type Run } from '../../../engine/runs/run-folder.ts'
import { searchByImage, searchByIndex } from '../../../engine/runs/search-run.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import { openBackend } from '../../../engine/tensorflow/backends.ts'
import { backendOption, wholeNumber } from '../options.ts'
import { neighbourRows, neighbourTable } from '../report/neighbours.ts'

interface SearchOptions {
  readonly index?: number
  readonly image?: string
  readonly count: number
  readonly sheet?: string
  readonly backend?: string
  readonly json?: boolean
}

const help = `
The gallery is the run's test images (all the others, where the query is one of them). A picture of your own is
prepared like the digits: grey, inverted where its background is light, cropped to what it shows, scaled to fill
20 of 28 pixels, centred by its mass; --sheet shows what the network sees.

Examples:
  twinlens search my-run --index 7
  twinlens search my-run --image photo.png --count 20 --sheet found.png`

/** What was asked for, and what was found. `pixels` as the network sees the query, where they are known. */
interface Answer {
  readonly title: string
  readonly pixels?: Uint8Array
  readonly steps: readonly string[]
  readonly neighbours: Neighbours
}

export function searchCommand(program: Command): void {
  program
    .command('search')
    .description('Find the nearest test images of a run to an image.')
    .argument('<RUN>', "a run's folder")
    .option('--index <number>', 'query: this test image, counted from 0', wholeNumber)
    .option('--image <FILE>', 'query: a picture of your own (PNG, JPEG, WebP, BMP, TIFF)')
    .option('--count <number>', 'neighbours to find', wholeNumber, 9)
    .option('--sheet <FILE.png>', 'also draw the query and its neighbours')
    .addOption(backendOption())
    .option('--json', 'write JSON instead of a table')
    .addHelpText('after', help)
    .action(async (folder: string, options: SearchOptions) => search(resolve(folder), options))
}

async function search(folder: string, options: SearchOptions): Promise<void> {
  const { index, image, count, sheet } = options
  if ((index === undefined) === (image === undefined)) {
    throw invalidInput('Name the query with one of --index and --image.')
  }
  if (count < 1) throw invalidInput(`--count must be at least 1, not ${count}.`)
  const run = await openRun(folder)
  const answer =
    image === undefined ? byIndex(run, index as number, count) : await byImage(run, image, options)
  if (sheet !== undefined) await writeSheet(sheet, run, index, answer)
  if (options.json === true) {
    console.log(
      JSON.stringify({
        query: image ?? index,
        steps: answer.steps,
        neighbours: neighbourRows(run, answer.neighbours),
      }),
    )
    return
  }
  console.log(answer.title)
  if (answer.steps.length > 0) console.log(`Prepared: ${answer.steps.join('; ')}`)
  console.log(`\n${neighbourTable(run, answer.neighbours)}`)
  if (sheet !== undefined) console.log(`\nDrawn in ${sheet}`)
}

function byIndex(run: Run, index: number, count: number): Answer {
  const neighbours = searchByIndex(run, index, count)
  const label = run.config.data.classes[run.test.labels[index] as number]
  return { title: `Query: test image ${index}, a "${label}"`, steps: [], neighbours }
}

async function byImage(run: Run, path: string, options: SearchOptions): Promise<Answer> {
  const picture = await readImageFile(path)
  const { height, width } = run.config.data
  const prepared = await prepareImage(picture, height, width)
  await openBackend(options.backend)
  const { neighbours } = await searchByImage(run, prepared, options.count)
  const title = `Query: ${path}, ${picture.width} x ${picture.height}`
  return { title, pixels: prepared.pixels, steps: prepared.steps, neighbours }
}

async function writeSheet(file: string, run: Run, index: number | undefined, answer: Answer): Promise<void> {
  const { source, fingerprint, height, width } = run.config.data
  const { test } = await reopenDataSet(source, fingerprint)
  const query: Tile = {
    images: [answer.pixels ?? imageAt(test, index as number)],
    caption: ['query', index === undefined ? '' : `index ${index}`],
    framed: true,
  }
  const found = neighbourRows(run, answer.neighbours).map(
    ({ rank, index: at, label, distance }): Tile => ({
      images: [imageAt(test, at)],
      caption: [`${rank}. class ${label}`, `distance ${distance.toFixed(4)}`, `index ${at}`],
    }),
  )
  const png = await drawSheet(answer.title, [query, ...found], 5, { height, width })
  await writeFileWhole(file, png)
}
