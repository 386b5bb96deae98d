import type { MomentRef } from '../../../shared/contract.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { Embedding } from '../embedding/embed.ts'
import { openConfig, openMoments, openRun } from '../runs/run-folder.ts'
import { savedRunFolder } from '../runs/run-folders.ts'
import { checkComparable } from '../runs/same-images.ts'
import type { ServiceContext } from './context.ts'

/** Points of the open data set's test images, with the margin that they were, or are being, learned with. */
export interface OpenedMoment {
  readonly training: number
  readonly iteration: number
  readonly oldestIteration: number
  readonly embedding: Embedding
  readonly margin: number
}

/**
 * The points that a window asks for, wherever they are kept. A saved run's are of training 0.
 * @throws invalid-input: there are none, or the run is of other images; bad-file: a run that cannot be opened
 */
export async function openMoment(ref: MomentRef, context: ServiceContext): Promise<OpenedMoment> {
  switch (ref.kind) {
    case 'now':
      return newest(context)
    case 'training':
      return kept(ref, context)
    case 'run':
      return saved(ref, context)
    default:
      return ref satisfies never
  }
}

const marginOf = ({ session }: ServiceContext): number => session.state.hyperparameters?.margin ?? 0

function newest(context: ServiceContext): OpenedMoment {
  const points = context.live.latestPoints
  if (points === undefined) throw invalidInput('There are no points yet: train first.')
  const { training, iteration, oldestIteration, values, size } = points
  const embedding = { values, size, count: values.length / size }
  return { training, iteration, oldestIteration, embedding, margin: marginOf(context) }
}

function kept(
  { training, iteration }: { readonly training: number; readonly iteration: number },
  context: ServiceContext,
): OpenedMoment {
  const moment = context.live.past.at(training, iteration)
  if (moment === undefined) throw invalidInput(`Iteration ${iteration} is not kept any more.`)
  return { training, ...moment, margin: marginOf(context) }
}

async function saved(
  { run, iteration }: { readonly run: string; readonly iteration: number | null },
  context: ServiceContext,
): Promise<OpenedMoment> {
  const folder = savedRunFolder(run)
  if (iteration === null) {
    const { config, test } = await openRun(folder)
    checkComparable(config, context.data(), test.labels)
    const { iterations, hyperparameters } = config
    const at = { training: 0, iteration: iterations, oldestIteration: iterations }
    return { ...at, embedding: test.embedding, margin: hyperparameters.margin }
  }
  const config = await openConfig(folder)
  checkComparable(config, context.data())
  const moment = (await openMoments(folder)).find(one => one.iteration === iteration)
  if (moment === undefined) throw invalidInput(`The run "${run}" keeps no moment of iteration ${iteration}.`)
  return { training: 0, ...moment, margin: config.hyperparameters.margin }
}
