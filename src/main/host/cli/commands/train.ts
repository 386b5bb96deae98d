import { type Command, InvalidArgumentError, Option } from 'commander'
import { evaluatedInWords } from '../../../../shared/evaluated.ts'
import { checkTrainable, countByClass } from '../../../engine/data/data-set.ts'
import { checkEvaluation, divideForTraining } from '../../../engine/evaluator.ts'
import type { Run } from '../../../engine/runs/run-folder.ts'
import { searchByIndex } from '../../../engine/runs/search-run.ts'
import { warmStartInWords } from '../../../engine/runs/warm-start.ts'
import { runJob } from '../../../engine/training-job.ts'
import { checkFreeze } from '../../../engine/twin/network/freeze.ts'
import { networkInWords } from '../../../engine/twin/network/in-words.ts'
import { specOf } from '../../../engine/twin/network/network-spec.ts'
import { countWeights } from '../../../engine/twin/network/network-values.ts'
import { Random } from '../../../engine/twin/random.ts'
import { addDataOptions } from '../data/data-options.ts'
import {
  addHyperparameterOptions,
  backendOption,
  presetOption,
  threadsOption,
  wholeNumber,
} from '../options.ts'
import { backendLines } from '../report/backend.ts'
import { exitCodes } from '../report/failure.ts'
import { neighbourTable } from '../report/neighbours.ts'
import { qualityTable } from '../report/quality.ts'
import { duration, jsonProgress, plainProgress, terminalProgress } from '../report/training-progress.ts'
import { askedJob, type JobOptions, openBackendFor } from './train-job.ts'

interface TrainOptions extends JobOptions {
  readonly json?: boolean
}

const help = `
Ctrl-C ends the training after the iteration under way and saves what was learned; a second Ctrl-C gives it up.
Every 15 seconds what was learned is kept in RUN.training, from which --resume goes on exactly, whatever ended it.

Examples:
  twinlens train                                     the default job: 3,000 iterations on 5,000 digits
  twinlens train --margin 2 --learning-rate 1e-3     better classes than the textbook's values
  twinlens train --preset fast                       as good as the textbook's in a fraction of the time
  twinlens train --iterations 200 --json | jq .      a short one, for a machine
  twinlens train --evaluate-every 100 --validation-share 0.2 --patience 5
                                                     ends with the best network, once five are no better
  twinlens train --resume my-run                     goes on with one that was interrupted or stopped
  twinlens train --from my-run --seed 2              the same job anew, with another seed
  twinlens train --from my-run --warm-from my-run --freeze 2
                                                     trains on from its weights, the first two layers as they are`

export function trainCommand(program: Command, exit: (code: number) => void): void {
  const command = program.command('train').description('Train a twin network and save it as a run.')
  addDataOptions(addHyperparameterOptions(command.addOption(presetOption())))
    .addOption(backendOption())
    .addOption(threadsOption())
    .option('--out <RUN>', 'the folder to save the run as; it must not exist yet')
    .option('--resume <RUN>', 'go on with a training that was interrupted, or with a run that was stopped')
    .option(
      '--from <RUN>',
      "train anew with a run's images and hyperparameters, but for the flags given here",
    )
    .option('--warm-from <RUN>', "begin with a run's weights, as far as its layers fit this network")
    .option('--corrected', 'with the corrections of labels that were made in the window')
    .addOption(
      new Option(
        '--checkpoint-every <iterations>',
        'keep a checkpoint so often, besides those by time',
      ).argParser(atLeastOne),
    )
    .option('--json', 'write one JSON object a line instead of words')
    .addHelpText('after', help)
    .action(async (options: TrainOptions) => exit(await trainAndReport(command, options)))
}

function atLeastOne(text: string): number {
  const value = wholeNumber(text)
  if (value < 1) throw new InvalidArgumentError('It must be a whole number from 1.')
  return value
}

async function trainAndReport(command: Command, options: TrainOptions): Promise<number> {
  const asked = await askedJob(command, options)
  const { data, hyperparameters, folder, checkpointEvery, warmStart, progress: before } = asked
  checkEvaluation(hyperparameters)
  const { learned, measured } = divideForTraining(data, hyperparameters)
  checkTrainable(learned, data.classes)
  const spec = specOf(hyperparameters, data.train)
  checkFreeze(spec, hyperparameters.freeze)
  const begins = warmStart && warmStartInWords(spec, warmStart)
  const { backend, note } = await openBackendFor(options.backend, asked.backend)
  for (const text of [...asked.notes, begins, note]) if (text !== undefined) console.error(text)
  const json = options.json === true
  const { iterations } = hyperparameters
  const { height, width, channels } = data.train
  const weights = countWeights(spec)
  if (json) {
    console.log(JSON.stringify({ event: 'start', backend, hyperparameters, weights, folder }))
  } else {
    console.log(backendLines(backend))
    const present = countByClass(data.train.labels, data.classes.length).filter(count => count > 0).length
    console.log(
      `Data: ${data.name}, ${data.train.count} training and ${data.test.count} test images of ${width} x ${height}${channels === 3 ? ' in colour' : ''}, ${present} classes`,
    )
    if (learned !== data.train)
      console.log(`Validation: ${measured.count} of the training images, which are not learned from`)
    console.log(`Network: ${networkInWords(spec)}, ${weights} weights`)
  }
  const makeProgress = json ? jsonProgress : process.stdout.isTTY ? terminalProgress : plainProgress
  const progress = makeProgress(iterations)
  const stop = stopOnInterrupt(() => progress.close())
  try {
    for await (const event of runJob(
      {
        ...{ data, hyperparameters, backend, name: data.name, folder, checkpointEvery, warmStart },
        progress: before,
      },
      stop.signal,
    )) {
      // Which backend was opened is printed above.
      if (event.kind === 'backend' && event.report === backend) continue
      if (event.kind === 'warning') console.error(event.message)
      else if (event.kind !== 'done') progress.show(event)
      else if (json) console.log(JSON.stringify({ event: 'done', folder, ...event.run.config }))
      else printRun(event.run, folder)
    }
  } finally {
    progress.close()
    stop.release()
  }
  return stop.signal.aborted ? exitCodes.interrupted : exitCodes.success
}

function printRun(run: Run, folder: string): void {
  const { iterations, trainingSeconds, hyperparameters, quality, evaluated } = run.config
  const milliseconds = (1000 * trainingSeconds) / iterations
  const short =
    iterations < hyperparameters.iterations
      ? `, stopped ${evaluated?.stoppedEarly === true ? 'early ' : ''}before ${hyperparameters.iterations}`
      : ''
  console.log(
    `\nTrained ${iterations} iterations in ${duration(trainingSeconds)} (${milliseconds.toFixed(1)} ms each)${short}\n`,
  )
  if (evaluated !== undefined) console.log(`${evaluatedInWords(evaluated)}\n`)
  console.log(qualityTable(quality))
  const query = Random.seeded(hyperparameters.seed, 'display').below(run.test.embedding.count)
  const label = run.config.data.classes[run.test.labels[query] as number]
  console.log(`\nThe nearest of test image ${query}, a "${label}":\n`)
  console.log(neighbourTable(run, searchByIndex(run, query, 9)))
  console.log(`\nThe run is saved in ${folder}`)
}

/** npm passes Ctrl-C on to a process that the terminal has told already: a second one this soon is the same key, ms. */
const sameKeyMs = 500

/** The first Ctrl-C asks for a stop after the iteration under way; a second one does not wait. */
export function stopOnInterrupt(beforeWords: () => void): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController()
  let pressed = 0
  const onInterrupt = (): void => {
    if (!controller.signal.aborted) {
      pressed = performance.now()
      controller.abort()
      beforeWords()
      console.error('\nStopping after this iteration, then saving (Ctrl-C again gives it up) ...')
    } else if (performance.now() - pressed > sameKeyMs) process.exit(exitCodes.interrupted)
  }
  process.on('SIGINT', onInterrupt)
  return { signal: controller.signal, release: () => process.off('SIGINT', onInterrupt) }
}
