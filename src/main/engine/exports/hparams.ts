import { counts, fieldList, type Hyperparameters } from '../../../shared/hyperparameters.ts'
import { valueText } from '../../../shared/run-differences.ts'
import { bytesField, doubleField, message, numberField } from '../tensorflow/graph/wire-format.ts'
import { pluginEvent } from './summary.ts'

/** Of tensorboard/plugins/hparams: metadata.py and plugin_data.proto. */
const plugin = 'hparams'
const succeeded = 1

/**
 * What TensorBoard's table of hyperparameters is made from: those that count, by their names on screen. A list is a text.
 * @param start of the training @param end of it, s since 1970
 */
export function hyperparameterEvents(values: Hyperparameters, start: number, end: number): Buffer[] {
  const entries = fieldList
    .filter(([name]) => counts(name, values))
    .map(([name, { label }]) =>
      bytesField(1, message(bytesField(1, label), bytesField(2, protobufValue(values[name])))),
    )
  const started = message(...entries, doubleField(5, start))
  const ended = message(numberField(1, succeeded), doubleField(2, end))
  return [
    pluginEvent('_hparams_/session_start_info', plugin, start, message(bytesField(3, started))),
    pluginEvent('_hparams_/session_end_info', plugin, end, message(bytesField(4, ended))),
  ]
}

/** A google.protobuf.Value. */
function protobufValue(value: unknown): Buffer {
  if (typeof value === 'number') return doubleField(2, value)
  if (typeof value === 'boolean') return numberField(4, Number(value))
  return bytesField(3, valueText(value))
}
