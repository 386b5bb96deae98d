import { bytesField, message, numberField } from '../tensorflow/graph/wire-format.ts'

/** Messages of onnx/onnx.proto (github.com/onnx/onnx), as many as an encoder needs. */

const float = 1

export const tensorMessage = (name: string, shape: readonly number[], values: Float32Array): Buffer =>
  message(
    ...shape.map(size => numberField(1, size)),
    numberField(2, float),
    bytesField(8, name),
    bytesField(9, Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  )

export type OnnxAttribute = number | string | readonly number[]

function attributeMessage(name: string, value: OnnxAttribute): Buffer {
  const named = bytesField(1, name)
  if (typeof value === 'number') return message(named, numberField(3, value), numberField(20, 2))
  if (typeof value === 'string') return message(named, bytesField(4, value), numberField(20, 3))
  return message(named, ...value.map(one => numberField(8, one)), numberField(20, 7))
}

export const nodeMessage = (
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, OnnxAttribute>>,
): Buffer =>
  message(
    ...inputs.map(input => bytesField(1, input)),
    bytesField(2, output),
    bytesField(3, output),
    bytesField(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attributeMessage(name, value))),
  )

/** A graph's input or output of floats. @param shape a text stands for a size that is open, by this name */
export function valueMessage(name: string, shape: readonly (number | string)[]): Buffer {
  const sizes = shape.map(size =>
    bytesField(1, typeof size === 'number' ? numberField(1, size) : bytesField(2, size)),
  )
  const tensorType = message(numberField(1, float), bytesField(2, message(...sizes)))
  return message(bytesField(1, name), bytesField(2, bytesField(1, tensorType)))
}

export const entryMessage = (key: string, value: string): Buffer =>
  message(bytesField(1, key), bytesField(2, value))
