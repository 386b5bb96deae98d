import { learningRateAt } from '../../../shared/learning-rate.ts'
import type { Run } from '../runs/run-folder.ts'
import type { ExportedFiles } from './formats.ts'
import { hyperparameterEvents } from './hparams.ts'
import { projectorFiles } from './projector.ts'
import type { RunImages } from './run-images.ts'
import { scalarEvent, versionEvent } from './summary.ts'
import { tfRecord } from './tf-record.ts'

/**
 * A folder for TensorBoard: each iteration's loss and learning rate, the quality on the way and at the end as scalars, the hyperparameters
 * for its table of them, and the test images and their features for its projector.
 */
export async function toTensorBoard(run: Run, images: RunImages): Promise<ExportedFiles> {
  const { created, iterations, trainingSeconds, quality, hyperparameters } = run.config
  const end = Date.parse(created) / 1000
  const second = trainingSeconds / Math.max(1, iterations)
  const at = (iteration: number): number => end - (iterations - iteration) * second
  const each = Array.from(run.losses, (loss, i) => [
    scalarEvent('loss', i + 1, at(i + 1), loss),
    scalarEvent('learning rate', i + 1, at(i + 1), learningRateAt(i + 1, hyperparameters)),
  ])
  const onTheWay = (run.evaluations ?? []).map(({ iteration, accuracy }) =>
    scalarEvent('evaluations/knnAccuracy', iteration, at(iteration), accuracy),
  )
  const measured = Object.entries(quality).flatMap(([name, value]) =>
    typeof value === 'number' ? [scalarEvent(`quality/${name}`, iterations, end, value)] : [],
  )
  const about = hyperparameterEvents(hyperparameters, at(0), end)
  const events = [versionEvent(at(0)), ...about, ...each.flat(), ...onTheWay, ...measured].map(tfRecord)
  return new Map([
    [`events.out.tfevents.${Math.floor(at(0))}.twinlens`, Buffer.concat(events)],
    ...(await projectorFiles(run, images)),
  ])
}
