import type { DataChoice, DataSummary, Images, TwinlensContract } from '../../shared/contract.ts'
import { invalidInput, TwinlensError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/contract-types.ts'
import { correctDataSet, correctionsKey } from './corrections/correct-data-set.ts'
import { CorrectionBook } from './corrections/correction-book.ts'
import {
  checkTrainable,
  type DataSet,
  type DataSource,
  imagesAt,
  type LabelledImages,
} from './data/data-set.ts'
import { heldOutOf } from './data/hold-out.ts'
import { openDataSet } from './data/open-data-set.ts'
import { isChoice, madeOf } from './data/original-data.ts'
import { lookAgain } from './runs/images-of-run.ts'
import { savedRunFolder } from './runs/run-folders.ts'
import { openWarmStart } from './runs/warm-start.ts'
import { analysisHandlers } from './service/analysis.ts'
import { augmentationHandlers } from './service/augmentation.ts'
import { binHandlers } from './service/bin.ts'
import { checkpointHandlers } from './service/checkpoints.ts'
import type { ServiceContext } from './service/context.ts'
import { correctionHandlers } from './service/corrections.ts'
import { dataHandlers } from './service/data.ts'
import { encoderHandlers } from './service/encoders.ts'
import { evaluationHandlers } from './service/evaluations.ts'
import { exportHandlers } from './service/exports.ts'
import { momentHandlers } from './service/moments-handlers.ts'
import { pairHandlers } from './service/pair-inspector.ts'
import { processorHandlers } from './service/processor.ts'
import { searchHandlers } from './service/queries.ts'
import { runLibraryHandlers } from './service/run-library.ts'
import { sideBySideHandlers } from './service/side-by-side.ts'
import { SweepSession } from './service/sweep-session.ts'
import { sweepHandlers } from './service/sweeps.ts'
import { trainPointHandlers } from './service/train-points.ts'
import { TrainingSession } from './service/training-session.ts'
import { openBackend } from './tensorflow/backends.ts'
import { PairSampler } from './twin/pairs.ts'
import { Random } from './twin/random.ts'

/**
 * The contract's handlers: one data set, one training, any number of windows.
 * @throws no-backend: nothing can compute here
 */
export async function openService(): Promise<Handlers<TwinlensContract>> {
  const backend = await openBackend()
  const session = new TrainingSession(backend)
  const { live } = session
  const sweep = new SweepSession(session, backend)
  const book = new CorrectionBook()
  const first = await openDataSet({ kind: 'digits' })
  // Corrections that cannot be read keep nobody from opening the window: whoever asks for them is told.
  let data = correctDataSet(first, await book.of(first).catch(() => []))

  /** @param use `as it is`: a data set that is open stays; `to train`: with all corrections there are by now */
  async function choose(choice: DataChoice, use: 'as it is' | 'to train'): Promise<DataSet> {
    if (isChoice(madeOf(data).original.source, choice)) data = await lookAgain(data)
    const { original, corrections } = madeOf(data)
    const isOpen = isChoice(original.source, choice)
    if (isOpen && use === 'as it is') return data
    const isWhole = data.missing === undefined
    const refuseWhileBusy = (): void => {
      if (session.busy) throw new TwinlensError('busy', 'The training under way uses other images.')
    }
    if (isWhole) {
      const corrected = await book.of(original)
      const isCorrected = correctionsKey(original, corrected) === correctionsKey(original, corrections)
      if (isOpen && isCorrected && heldOutOf(data) === undefined) return data
    }
    refuseWhileBusy()
    const opened = isOpen && isWhole ? original : await openDataSet(choice)
    const list = await book.of(opened)
    // Another window may have started one while these were read.
    refuseWhileBusy()
    data = correctDataSet(opened, list)
    // Points of other images are worth nothing for these.
    session.forget()
    return data
  }

  const context: ServiceContext = {
    data: () => data,
    use: other => {
      data = other
      session.forget()
    },
    session,
    live,
    model: live.model,
  }
  return {
    ...augmentationHandlers(context),
    ...momentHandlers(context),
    ...evaluationHandlers(context),
    ...pairHandlers(context),
    ...sideBySideHandlers(context),
    ...runLibraryHandlers(context),
    ...binHandlers(),
    ...exportHandlers(context),
    ...encoderHandlers(context),
    ...checkpointHandlers(context, backend),
    ...sweepHandlers(sweep, choice => choose(choice, 'to train')),
    ...processorHandlers(),
    ...searchHandlers(context),
    ...analysisHandlers(context),
    ...correctionHandlers(context, book),
    ...dataHandlers(context),
    ...trainPointHandlers(context),
    backend: () => ({ ...session.backend, passedOver: [...session.backend.passedOver] }),
    openData: async choice => summary(choice === null ? data : await choose(choice, 'as it is')),
    images: ({ split, indices }) => pick(data[split], indices),
    sampleImages: ({ split, count, seed }) =>
      pick(data[split], Random.seeded(seed, 'display').sample(data[split].count, count)),
    samplePairs: ({ count, seed }) => {
      checkTrainable(data.train, data.classes)
      const { first, second, similar } = new PairSampler(
        data.train.labels,
        Random.seeded(seed, 'display'),
      ).draw(count)
      return { first: pick(data.train, first), second: pick(data.train, second), similar }
    },
    start: async ({ hyperparameters, data: choice, warmFrom }) => {
      const warmStart = warmFrom === null ? undefined : await openWarmStart(savedRunFolder(warmFrom))
      return session.start(await choose(choice, 'to train'), hyperparameters, backend, { warmStart })
    },
    pause: () => session.pause(),
    resume: () => session.resume(),
    step: () => session.step(),
    stop: () => session.stop(),
    training: (_, { signal }) => session.states.listen(signal, session.state),
    losses: ({ fromIteration }, { signal }) => live.losses.listen(signal, live.lossesFrom(fromIteration)),
    points: (_, { signal }) => live.points.listen(signal, live.latestPoints),
  }
}

const keyOf = (data: DataSet): string => {
  const { original, corrections } = madeOf(data)
  return correctionsKey(original, corrections)
}

/** Of imported images their content's fingerprint, of IDX files where they lie. */
function sourceId(source: DataSource): string {
  if (source.kind === 'imported') return source.id
  if (source.kind === 'digits') return source.kind
  return JSON.stringify([source.images, source.labels, source.testImages, source.testLabels])
}

function summary(data: DataSet): DataSummary {
  const { name, source, classes, train, test } = data
  const { height, width, channels } = train
  return {
    id: sourceId(source),
    name,
    classes: [...classes],
    height,
    width,
    channels,
    trainCount: train.count,
    testCount: test.count,
    testLabels: test.labels.slice(),
    corrections: keyOf(data),
    missing: data.missing?.why ?? null,
  }
}

/** @throws invalid-input: an index that is not there */
function pick(images: LabelledImages, indices: Int32Array): Images {
  const gone = indices.find(index => index < 0 || index >= images.count)
  if (gone !== undefined) throw invalidInput(`There is no image ${gone}.`)
  return { indices, ...imagesAt(images, indices) }
}
