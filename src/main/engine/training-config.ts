import { correctionsOf } from './corrections/correct-data-set.ts'
import { fingerprint } from './data/data-set.ts'
import { heldOutOf } from './data/hold-out.ts'
import type { TrainingConfig } from './runs/interrupted.ts'
import { schemaVersion } from './runs/run-config.ts'
import type { BackendReport } from './tensorflow/backends.ts'
import type { TrainingJob } from './training-job.ts'

/** What is asked for, as it is kept. */
export function configOf(job: TrainingJob): TrainingConfig {
  const { data, hyperparameters, backend, name, checkpointEvery, warmStart } = job
  const heldOut = heldOutOf(data)
  const { corrections } = correctionsOf(heldOut?.of ?? data)
  return {
    schemaVersion,
    name,
    created: new Date().toISOString(),
    hyperparameters,
    ...(warmStart === undefined
      ? {}
      : { warmStart: { run: warmStart.run, fingerprint: warmStart.fingerprint } }),
    data: {
      name: data.name,
      source: data.source,
      classes: [...data.classes],
      height: data.train.height,
      width: data.train.width,
      channels: data.train.channels,
      ...(data.framing === undefined ? {} : { framing: data.framing }),
      fingerprint: fingerprint(data),
      ...(corrections.length === 0 ? {} : { corrections: [...corrections] }),
      ...(heldOut === undefined ? {} : { heldOut: heldOut.share }),
    },
    backend: reported(backend),
    ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
  }
}

export const reported = ({
  backend,
  description,
  tensorflow,
  device,
}: BackendReport): TrainingConfig['backend'] => ({
  ...{ backend, description, tensorflow, device },
})
