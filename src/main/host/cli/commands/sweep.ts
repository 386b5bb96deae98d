import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { type SweepRequest, sweepRequestSchema } from '../../../../shared/contract/sweeps.ts'
import { invalidInput } from '../../../../shared/errors.ts'
import { type PresetName, presetValues } from '../../../../shared/hyperparameters/presets.ts'
import { sweepCsv } from '../../../../shared/sweep-csv.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'
import { planSweep, runSweep } from '../../../engine/sweeps/run-sweep.ts'
import { openSweep, sweepFolder } from '../../../engine/sweeps/sweep-folder.ts'
import { trainWith } from '../../../engine/sweeps/train-one.ts'
import { openBackend } from '../../../engine/tensorflow/backends.ts'
import { addDataOptions, type DataOptions, openData } from '../data/data-options.ts'
import {
  addHyperparameterOptions,
  backendOption,
  number,
  parseHyperparameters,
  presetOption,
  threadsOption,
  wholeNumber,
} from '../options.ts'
import { backendLines } from '../report/backend.ts'
import { exitCodes } from '../report/failure.ts'
import { parseAxis } from '../sweeps/axes.ts'
import { sweepTableText } from '../sweeps/sweep-report.ts'
import { stopOnInterrupt } from './train.ts'

interface SweepOptions extends DataOptions {
  readonly preset: PresetName
  readonly vary: readonly string[]
  readonly random?: number
  readonly randomSeed: number
  readonly seeds: readonly number[]
  readonly validation: number
  readonly name?: string
  readonly resume?: string
  readonly csv?: string
  readonly backend?: string
}

const help = `
Each training becomes a run of the library, with the sweep's name as its tag. Ctrl-C ends the training under way; the sweep
goes on where it was with --resume, also after a crash or a power cut.

Examples:
  twinlens sweep --vary margin=0.3,1,2 --vary learning-rate=1e-4..1e-2:log:3 --seeds 1,2,3 --validation 0.2
  twinlens sweep --vary margin=0.1..3 --vary hidden-sizes=256,512x512 --random 20 --iterations 500
  twinlens sweep --preset fast --vary margin=1,2,3 --seeds 1,2,3 --validation 0.2
  twinlens sweep --resume "Sweep 2026-01-02 03-04" --csv sweep.csv`

export function sweepCommand(program: Command, exit: (code: number) => void): void {
  const command = program
    .command('sweep')
    .description('Train once with every combination of values, or with some drawn at random, and compare.')
    .option(
      '--vary <name=values>',
      'a hyperparameter and its values: a,b,c or from..to, from..to:log, from..to:log:5; again for each that varies',
      (text: string, before: readonly string[]) => [...before, text],
      [],
    )
    .option('--random <count>', 'so many combinations drawn at random, instead of all', wholeNumber)
    .option('--random-seed <number>', 'other draws for another one', wholeNumber, 1)
    .option(
      '--seeds <numbers>',
      'each combination is trained with each',
      text => text.split(',').map(wholeNumber),
      [1],
    )
    .option(
      '--validation <share>',
      'measure on this share of the training images, left out of the training, and never on the test images',
      number,
      0,
    )
    .option('--name <NAME>', 'what the sweep is called (the time)')
    .option('--resume <SWEEP>', 'go on with a sweep: its name')
    .option('--csv <FILE.csv>', 'write a line for each run')
  addDataOptions(addHyperparameterOptions(command.addOption(presetOption())))
    .addOption(backendOption())
    .addOption(threadsOption())
    .addHelpText('after', help)
    .action(async (options: SweepOptions) => {
      const folder =
        options.resume === undefined ? await begin(options, command) : resumed(options.resume, options)
      exit(await goOn(folder, options))
    })
}

/** @throws invalid-input: there is no such sweep, or its plan would be another one */
function resumed(name: string, { vary }: SweepOptions): string {
  if (vary.length > 0) throw invalidInput('A sweep that is resumed keeps its plan: leave out --vary.')
  return sweepFolder(name)
}

async function begin(options: SweepOptions, command: Command): Promise<string> {
  const { preset, vary, random, randomSeed, seeds, validation, name } = options
  if (vary.length === 0) throw invalidInput('Name what varies with --vary, such as --vary margin=0.3,1,2.')
  const request: SweepRequest = {
    base: parseHyperparameters(command, presetValues(preset)),
    axes: vary.map(parseAxis),
    choice: random === undefined ? { kind: 'grid' } : { kind: 'random', count: random, seed: randomSeed },
    seeds: [...seeds],
    validation,
  }
  const checked = sweepRequestSchema.safeParse(request)
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw invalidInput(
      `${issue?.path.join(' ') ?? 'The sweep'}: ${issue?.message ?? 'it cannot be done so.'}`,
    )
  }
  return planSweep(await openData(options), checked.data, name)
}

async function goOn(folder: string, { backend: wished, csv }: SweepOptions): Promise<number> {
  const backend = await openBackend(wished)
  console.log(backendLines(backend))
  const { plan, results } = await openSweep(folder)
  console.log(
    `Sweep: "${plan.name}", ${plan.runs.length} runs, ${results.length} done, measured on the ${plan.request.validation > 0 ? 'validation' : 'test'} images`,
  )
  const stop = stopOnInterrupt(() => undefined)
  const train = trainWith(backend, stop.signal)
  try {
    for await (const event of runSweep(folder, train, stop.signal)) {
      if (event.kind === 'begin') continue
      const { number: at, total, result } = event
      const accuracy = result.quality?.knnAccuracy?.toFixed(4) ?? 'not measurable'
      console.log(
        `${at} of ${total}: ${result.run}: ${result.fault ?? `5-NN accuracy ${accuracy}, ${result.seconds.toFixed(1)} s`}`,
      )
    }
  } finally {
    stop.release()
  }
  const end = await openSweep(folder)
  console.log(`\n${sweepTableText(end.plan, end.results)}`)
  if (csv !== undefined)
    await writeFileWhole(resolve(csv), sweepCsv({ runs: end.plan.runs, results: end.results }))
  console.log(`\nThe sweep is kept in ${folder}`)
  if (!stop.signal.aborted) return exitCodes.success
  console.log(`Go on with it: twinlens sweep --resume "${basename(folder)}"`)
  return exitCodes.interrupted
}
