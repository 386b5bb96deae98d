import type { AboutRun, RunSummary } from '../../../../shared/contract/run-library.ts'
import { TwinlensError } from '../../../../shared/errors.ts'
import { choiceOf } from '../../data/original-data.ts'
import type { RunConfig } from '../run-config.ts'
import { openConfig, openTestPoints } from '../run-folder.ts'
import { thumbnailOf } from './thumbnail.ts'

/** What does not change as long as a run's manifest does not. */
export type LearnedSummary = Pick<RunSummary, 'about' | 'thumbnail' | 'fault'>

/** Reads of a run what its place in a list shows. A damaged one has a fault, and as much as can be read. */
export async function summarise(folder: string): Promise<LearnedSummary> {
  let about: AboutRun | null = null
  try {
    const config = await openConfig(folder)
    about = aboutOf(config)
    return { about, thumbnail: thumbnailOf(await openTestPoints(folder), about.data.classes), fault: null }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    return { about, thumbnail: null, fault: error.message }
  }
}

export function aboutOf(config: RunConfig): AboutRun {
  const { created, hyperparameters, iterations, trainingSeconds, quality, backend, data } = config
  const { name, source, classes, height, width, fingerprint, corrections = [] } = data
  return {
    created,
    hyperparameters,
    data: {
      name,
      choice: choiceOf(source),
      trainCount: source.trainCount,
      testCount: source.testCount,
      classes: classes.length,
      height,
      width,
      fingerprint,
      corrections: corrections.length,
    },
    warmFrom: config.warmStart?.run ?? null,
    backend: backend.backend,
    device: backend.device,
    iterations,
    seconds: trainingSeconds,
    quality,
    evaluated: config.evaluated ?? null,
  }
}
