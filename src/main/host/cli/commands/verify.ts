import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { mostPairs } from '../../../../shared/contract/search.ts'
import { badFile, invalidInput, TwinlensError } from '../../../../shared/errors.ts'
import { listPictures, readPictures } from '../../../engine/data/picture-folder.ts'
import type { Embedding } from '../../../engine/embedding/embed.ts'
import { allPairs, bestPairs } from '../../../engine/embedding/verify-points.ts'
import { openRun, type Run } from '../../../engine/runs/run-folder.ts'
import { embedByRun, measurePairs } from '../../../engine/runs/search-run.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import { openBackend } from '../../../engine/tensorflow/backends.ts'
import { backendOption, number } from '../options.ts'
import { exitCodes, tellRefused } from '../report/failure.ts'
import { ratesText, type Verdict, verdictCsv, verdictTable } from '../report/verdicts.ts'

interface VerifyOptions {
  readonly threshold?: number
  readonly pairs: 'all' | 'best'
  readonly csv?: string
  readonly backend?: string
  readonly json?: boolean
}

const help = `
Two pictures are alike when they fall no farther apart than the threshold. Without --threshold it is the one at which
the run's test images are mistaken equally often either way. The shares of mistakes, and the probability that two
pictures are of one class, come from random pairs of the run's test images.

Examples:
  twinlens verify my-run a.png b.png
  twinlens verify my-run passports visitors --csv pairs.csv
  twinlens verify my-run passports visitors --pairs all --threshold 0.2 --json`

export function verifyCommand(program: Command, setExitCode: (code: number) => void): void {
  program
    .command('verify')
    .description(
      'Say whether two pictures, or the pictures of two folders, are alike, and how often that errs.',
    )
    .argument('<RUN>', "a run's folder")
    .argument('<A>', 'a picture, or a folder of them')
    .argument('<B>', 'a picture, or a folder of them')
    .option('--threshold <number>', 'alike up to this distance', number)
    .addOption(
      new Option('--pairs <which>', 'each of A with its nearest of B, or with all of them')
        .choices(['best', 'all'])
        .default('best'),
    )
    .option('--csv <FILE.csv>', 'also write every pair')
    .addOption(backendOption())
    .option('--json', 'write JSON instead of a table')
    .addHelpText('after', help)
    .action(async (folder: string, a: string, b: string, options: VerifyOptions) =>
      setExitCode(await verify(await openRun(resolve(folder)), a, b, options)),
    )
}

async function verify(run: Run, a: string, b: string, options: VerifyOptions): Promise<number> {
  const threshold = options.threshold ?? run.config.quality.eerThreshold
  if (threshold === null)
    throw invalidInput('This run has no threshold of its own: name one with --threshold.')
  await openBackend(options.backend)
  const first = await readSide(run, a)
  const second = await readSide(run, b)
  if (options.pairs === 'all' && first.names.length * second.names.length > mostPairs) {
    throw invalidInput(`These are more than ${mostPairs.toLocaleString('en')} pairs: use --pairs best.`)
  }
  const pairs = await (options.pairs === 'all' ? allPairs : bestPairs)(first.points, second.points)
  const { same, distances } = measurePairs(run)
  const verdicts = Array.from(pairs.distances, (distance, pair): Verdict => {
    const probability = same?.at(distance) ?? null
    const names = {
      first: first.names[pairs.first[pair] as number] as string,
      second: second.names[pairs.second[pair] as number] as string,
    }
    return { ...names, distance, similar: distance <= threshold, probability }
  })
  const rates = { threshold, ...distances.ratesAt(threshold) }
  if (options.csv !== undefined) await writeFileWhole(options.csv, verdictCsv(verdicts))
  if (options.json === true) console.log(JSON.stringify({ ...rates, pairs: verdicts }))
  else {
    console.log(`${verdictTable(verdicts)}\n\n${ratesText(rates, distances)}`)
    if (options.csv !== undefined) console.log(`Every pair is written to ${options.csv}`)
  }
  const refused = [...first.refused, ...second.refused]
  tellRefused(refused)
  return refused.length > 0 ? exitCodes.failure : exitCodes.success
}

interface Side {
  readonly points: Embedding
  /** As they are called in the answer, [points.count]. */
  readonly names: readonly string[]
  readonly refused: readonly { readonly error: ReturnType<TwinlensError['toWire']> }[]
}

/** @throws bad-file: nothing there, or nothing that can be used */
async function readSide(run: Run, path: string): Promise<Side> {
  const found = await stat(path).catch(error => {
    throw badFile(path, 'there is no such file or folder.', error)
  })
  const folder = found.isDirectory() ? path : dirname(resolve(path))
  const names = found.isDirectory() ? await listPictures(path) : [basename(path)]
  const { images, pictures, refused } = await readPictures(folder, names, run.config.data)
  const [refusal] = refused
  if (images.count === 0 && refusal !== undefined) throw TwinlensError.fromWire(refusal.error)
  return { points: await embedByRun(run, images), names: pictures.map(({ name }) => name), refused }
}
