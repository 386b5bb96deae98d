import { join } from 'node:path'
import type { SweepRequest, SweepResult, SweepRun } from '../../../shared/contract/sweeps.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import { correctionsOf } from '../corrections/correct-data-set.ts'
import { checkTrainable, type DataSet, fingerprint } from '../data/data-set.ts'
import { holdOut } from '../data/hold-out.ts'
import { reopenDataSet } from '../data/open-data-set.ts'
import { binRun } from '../runs/library/bin.ts'
import { changeNotes } from '../runs/library/run-notes.ts'
import type { RunConfig } from '../runs/run-config.ts'
import { openConfig } from '../runs/run-folder.ts'
import { isSavedRun, runsFolder } from '../runs/run-folders.ts'
import { hyperparametersOf, planRuns } from './plan-runs.ts'
import { createSweep, newSweepName, openSweep, type SweepResults, writeResults } from './sweep-folder.ts'

/** Trains once and saves the run as the folder, which does not exist yet. */
export type TrainOne = (job: {
  readonly data: DataSet
  readonly hyperparameters: Hyperparameters
  readonly folder: string
}) => Promise<RunConfig>

export type SweepEvent =
  | { readonly kind: 'begin'; readonly run: SweepRun; readonly number: number; readonly total: number }
  | { readonly kind: 'end'; readonly result: SweepResult; readonly number: number; readonly total: number }

/**
 * Decides on every training of a sweep and writes that down; nothing is trained yet.
 * @param wish its name; undefined: by the time
 * @returns its folder @throws invalid-input: values that cannot be, images that cannot be paired; disk-full, bad-file
 */
export async function planSweep(
  data: DataSet,
  request: SweepRequest,
  wish: string | undefined,
): Promise<string> {
  const name = newSweepName(wish)
  const runs = planRuns(name, request)
  checkTrainable(imagesOf(data, request).train, data.classes)
  const { original, corrections } = correctionsOf(data)
  return createSweep({
    schemaVersion: 1,
    name,
    created: new Date().toISOString(),
    request,
    data: {
      name: data.name,
      source: original.source,
      fingerprint: fingerprint(data),
      corrections: [...corrections],
    },
    runs,
  })
}

/** The seed by which images are left out is the same for all runs: they are measured on the same ones. */
const imagesOf = (data: DataSet, { validation }: SweepRequest): DataSet =>
  validation === 0 ? data : holdOut(data, { share: validation, seed: 1 })

/**
 * Goes on with a sweep where it stands: each training becomes a run of the library with the sweep's name as its tag, one after the
 * other. What is done is never done again, however the last process ended: a run is there whole or not at all.
 * @param signal ends it after the training under way, which is for `trainOne` to end
 * @throws bad-file: the sweep is damaged, or its images are gone or changed
 */
export async function* runSweep(
  folder: string,
  trainOne: TrainOne,
  signal: AbortSignal,
): AsyncGenerator<SweepEvent, void> {
  const { plan, results } = await openSweep(folder)
  const { source, fingerprint: expected, corrections } = plan.data
  let data: DataSet | undefined
  const done = new Map(results.map(result => [result.run, result]))
  const total = plan.runs.length
  for (const [i, run] of plan.runs.entries()) {
    if (done.has(run.run)) continue
    if (signal.aborted) return
    yield { kind: 'begin', run, number: i + 1, total }
    data ??= imagesOf(await reopenDataSet(source, expected, corrections), plan.request)
    const hyperparameters = hyperparametersOf(plan.request.base, run)
    const result = await resultOf(run.run, plan.name, folder =>
      trainOne({ data: data as DataSet, hyperparameters, folder }),
    )
    if (result === undefined) return
    if (signal.aborted) {
      // A training that was ended before its time is done again by whoever resumes; what it saved is in the bin.
      if (isSavedRun(run.run)) await binRun(run.run)
      return
    }
    done.set(run.run, result)
    await writeResults(folder, inOrder(plan.runs, done))
    yield { kind: 'end', result, number: i + 1, total }
  }
}

const inOrder = (runs: readonly SweepRun[], done: ReadonlyMap<string, SweepResult>): SweepResults =>
  runs.flatMap(({ run }) => done.get(run) ?? [])

/** Undefined where it was cancelled. */
async function resultOf(
  run: string,
  tag: string,
  train: (folder: string) => Promise<RunConfig>,
): Promise<SweepResult | undefined> {
  const folder = join(runsFolder(), run)
  try {
    const config = isSavedRun(run) ? await openConfig(folder) : await train(folder)
    await changeNotes(folder, { tags: [tag.slice(0, 40)] })
    return {
      run,
      iterations: config.iterations,
      seconds: config.trainingSeconds,
      quality: config.quality,
      fault: null,
    }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    switch (error.kind) {
      case 'cancelled':
        return undefined
      // A value that diverges is a finding; whatever else is wrong would go wrong with the next one too.
      case 'invalid-input':
        return { run, iterations: 0, seconds: 0, quality: null, fault: error.message }
      default:
        throw error
    }
  }
}
