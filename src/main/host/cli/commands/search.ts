import { type Command, Option } from 'commander'
import { invalidInput } from '../../../../shared/errors.ts'
import { targetOf } from '../../../engine/data/preprocess.ts'
import { openRun, type Run } from '../../../engine/runs/run-folder.ts'
import { embedByRun, RunSearch } from '../../../engine/runs/search-run.ts'
import { openBackend } from '../../../engine/tensorflow/backends.ts'
import { addDataOptions, type DataOptions, dataRequestOf } from '../data/data-options.ts'
import { embedData, encoderOption, runOrEncoder } from '../encoder.ts'
import { backendOption, wholeNumber } from '../options.ts'
import { exitCodes, tellRefused } from '../report/failure.ts'
import { type HitRow, hitRows, hitTable } from '../report/hits.ts'
import { classesOf, isSplit, type OpenGallery, openGallery, splitGallery } from '../search/gallery.ts'
import { searchFolder } from '../search/query-folder.ts'
import { writeSearchSheet } from '../search/sheet.ts'
import { byImage, byIndex, type SingleQuery } from '../search/single-query.ts'

/** As it is typed. */
interface SearchOptions extends DataOptions {
  readonly encoder?: string
  readonly index?: number
  readonly image?: string
  readonly queries?: string
  readonly csv?: string
  readonly count: number
  readonly class: readonly string[]
  readonly gallery: string
  readonly sheet?: string
  readonly backend?: string
  readonly json?: boolean
}

const help = `
The gallery is the run's test images (all the others, where the query is one of them), its training images, both, or
a folder of pictures of your own; in it, a folder named like a class holds that class. A picture of your own is
prepared like the digits: grey, inverted where its background is light, cropped to what it shows, scaled to fill
20 of 28 pixels, centred by its mass; --sheet shows what the network sees. The probability that a neighbour is of
the query's class is calibrated on the neighbours of the run's test images.

--queries searches for every picture of a folder and writes a row for each neighbour: query, rank, gallery, index,
class, distance, probability, picture (its file, where the gallery is a folder). A picture that cannot be used is
told of, spoils none of the others, and makes the exit code 1.

--encoder searches with an encoder of another tool in a data set's own images, chosen as for train; docs/exports.md
tells what it may be.

Examples:
  twinlens search my-run --index 7
  twinlens search my-run --image photo.png --count 20 --sheet found.png
  twinlens search my-run --image photo.png --gallery both --class 3 --class 8
  twinlens search my-run --queries photos --csv found.csv --count 5 --gallery other-photos
  twinlens search --encoder theirs.onnx --data digits --index 7`

export function searchCommand(program: Command, setExitCode: (code: number) => void): void {
  const several = (name: string, before: readonly string[]): string[] => [...before, name]
  const command = program
    .command('search')
    .description('Find the nearest images of a run to an image, or to every picture of a folder.')
    .argument('[RUN]', "a run's folder")
    .addOption(encoderOption())
    .option('--index <number>', 'query: this test image, counted from 0', wholeNumber)
    .option('--image <FILE>', 'query: a picture of your own (PNG, JPEG, WebP, BMP, TIFF, GIF)')
    .option('--queries <FOLDER>', 'queries: every picture of this folder; needs --csv')
    .option('--csv <FILE.csv>', 'with --queries: the file to write')
    .option('--count <number>', 'neighbours to find, from 1 to 100', wholeNumber, 9)
    .addOption(
      new Option('--class <name>', 'only neighbours of this class; may be given several times')
        .argParser(several)
        .default([], 'all'),
    )
    .option('--gallery <test|train|both|FOLDER>', 'what is searched in', 'test')
    .option('--sheet <FILE.png>', 'also draw the query and its neighbours')
    .addOption(backendOption())
    .option('--json', 'write JSON instead of a table')
    .addHelpText('after', help)
  addDataOptions(command).action(async (folder: string | undefined, options: SearchOptions) => {
    const by = runOrEncoder(folder, options.encoder, command)
    setExitCode(await ('run' in by ? search(by.run, options) : searchByEncoder(by.encoder, options)))
  })
}

/** @throws invalid-input: flags that do not go together */
function checkQuery({ index, image, queries, csv, count, sheet }: SearchOptions): void {
  if ([index, image, queries].filter(query => query !== undefined).length !== 1) {
    throw invalidInput('Name the query with one of --index and --image, or a folder of them with --queries.')
  }
  if ((queries === undefined) !== (csv === undefined)) throw invalidInput('--queries and --csv go together.')
  if (queries !== undefined && sheet !== undefined) throw invalidInput('--sheet draws a single query.')
  if (count < 1 || count > 100) throw invalidInput(`--count must be from 1 to 100, not ${count}.`)
}

async function search(folder: string, options: SearchOptions): Promise<number> {
  checkQuery(options)
  const { index, image, queries, csv, count } = options
  const run = await openRun(folder)
  const classes = classesOf(run, options.class)
  if (image !== undefined || queries !== undefined || !isSplit(options.gallery)) {
    await openBackend(options.backend)
  }
  const gallery = await openGallery(run, options.gallery)
  tellRefused(gallery.refused)
  const searcher = await RunSearch.open(run, gallery.parts, classes, count)
  const code = gallery.refused.length > 0 ? exitCodes.failure : exitCodes.success
  if (queries !== undefined) {
    const refused = await searchFolder(run, searcher, gallery, {
      folder: queries,
      csv: csv as string,
      json: options.json === true,
    })
    return refused > 0 ? exitCodes.failure : code
  }
  const query =
    image === undefined
      ? byIndex(run, index as number)
      : await byImage(run.config.data, images => embedByRun(run, images), image)
  await answer(run, searcher, gallery, query, options)
  return code
}

/** The same with an encoder from elsewhere and a data set: its images are the gallery. */
async function searchByEncoder(file: string, options: SearchOptions): Promise<number> {
  checkQuery(options)
  const { index, image, queries, sheet, gallery, count } = options
  if (queries !== undefined || sheet !== undefined || !isSplit(gallery))
    throw invalidInput('With --encoder, --gallery is test, train or both, without --queries and --sheet.')
  await openBackend(options.backend)
  const { data, encoder, embedded } = await embedData(
    file,
    await dataRequestOf(options),
    gallery === 'test' ? ['test'] : ['train', 'test'],
  )
  const { parts, names } = splitGallery(embedded, gallery)
  const searcher = await RunSearch.open(embedded, parts, classesOf(embedded, options.class), count)
  const target = { ...targetOf(data), classes: data.classes }
  const query =
    image === undefined
      ? byIndex(embedded, index as number)
      : await byImage(target, images => encoder.embed(images), image)
  tell(query, hitRows(embedded, searcher.query(query).neighbours, names), options)
  return exitCodes.success
}

async function answer(
  run: Run,
  searcher: RunSearch,
  gallery: OpenGallery,
  query: SingleQuery,
  options: SearchOptions,
): Promise<void> {
  const { sheet } = options
  const found = searcher.query(query)
  const rows = hitRows(run, found.neighbours, gallery.names)
  if (sheet !== undefined) await writeSearchSheet(sheet, run, query, rows, gallery)
  tell(query, rows, options)
  if (sheet !== undefined && options.json !== true) console.log(`\nDrawn in ${sheet}`)
}

function tell(query: SingleQuery, rows: readonly HitRow[], { index, image, json }: SearchOptions): void {
  if (json === true) {
    console.log(JSON.stringify({ query: image ?? index, steps: query.steps, neighbours: rows }))
    return
  }
  console.log(query.title)
  if (query.steps.length > 0) console.log(`Prepared: ${query.steps.join('; ')}`)
  console.log(`\n${hitTable(rows)}`)
}
