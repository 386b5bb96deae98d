import { bytesField, doubleField, floatField, message, numberField } from '../tensorflow/graph/wire-format.ts'

/** Messages of tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto; times in s since 1970. */

/** The first event of a file. */
export const versionEvent = (time: number): Buffer =>
  message(doubleField(1, time), bytesField(3, 'brain.Event:2'))

export function scalarEvent(tag: string, step: number, time: number, value: number): Buffer {
  return summaryEvent(step, time, message(bytesField(1, tag), floatField(2, value)))
}

/** What a plugin keeps for itself: its content, beside a tensor that is there because one has to be. */
export function pluginEvent(tag: string, plugin: string, time: number, content: Buffer): Buffer {
  const metadata = bytesField(1, message(bytesField(1, plugin), bytesField(2, content)))
  const [float, noValues] = [numberField(1, 1), bytesField(2, bytesField(2, message()))]
  const tensor = message(float, noValues)
  return summaryEvent(0, time, message(bytesField(1, tag), bytesField(8, tensor), bytesField(9, metadata)))
}

const summaryEvent = (step: number, time: number, value: Buffer): Buffer =>
  message(doubleField(1, time), numberField(2, step), bytesField(5, bytesField(1, value)))
