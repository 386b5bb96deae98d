import type { Run } from '../runs/run-folder.ts'
import { bytesField, doubleField, floatField, message, numberField } from '../tensorflow/graph/wire-format.ts'
import type { ExportedFiles } from './formats.ts'
import { projectorFiles } from './projector.ts'
import { tfRecord } from './tf-record.ts'

/**
 * A folder for TensorBoard: each iteration's loss and the final quality as scalars, and the test images' features for
 * its projector. Messages of tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.
 */
export function toTensorBoard(run: Run): ExportedFiles {
  const { created, iterations, trainingSeconds, quality } = run.config
  const end = Date.parse(created) / 1000
  const second = trainingSeconds / Math.max(1, iterations)
  const at = (iteration: number): number => end - (iterations - iteration) * second
  const losses = Array.from(run.losses, (loss, i) => scalar('loss', i + 1, at(i + 1), loss))
  const measured = Object.entries(quality).flatMap(([name, value]) =>
    typeof value === 'number' ? [scalar(`quality/${name}`, iterations, end, value)] : [],
  )
  const version = message(doubleField(1, at(0)), bytesField(3, 'brain.Event:2'))
  const events = [version, ...losses, ...measured].map(tfRecord)
  return new Map([
    [`events.out.tfevents.${Math.floor(at(0))}.twinlens`, Buffer.concat(events)],
    ...projectorFiles(run),
  ])
}

function scalar(tag: string, step: number, time: number, value: number): Buffer {
  const summary = bytesField(1, message(bytesField(1, tag), floatField(2, value)))
  return message(doubleField(1, time), numberField(2, step), bytesField(5, summary))
}
