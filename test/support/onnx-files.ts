import {
  nodeMessage,
  type OnnxAttribute,
  tensorMessage,
  valueMessage,
} from '../../src/main/engine/exports/onnx-messages.ts'
import { bytesField, message, numberField } from '../../src/main/engine/tensorflow/graph/wire-format.ts'

export interface TestNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
}

export interface TestWeights {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Whole numbers as a tensor, eight bytes each. */
export function wholeNumbers(name: string, numbers: readonly number[]): Buffer {
  const raw = Buffer.from(BigInt64Array.from(numbers, BigInt).buffer)
  return message(numberField(1, numbers.length), numberField(2, 7), bytesField(8, name), bytesField(9, raw))
}

/** An ONNX model of nodes as a test wants them, from "x" to "y". */
export function onnxModel(
  shape: readonly (number | string)[],
  nodes: readonly TestNode[],
  weights: readonly TestWeights[] = [],
  { opset = 17, more = [] }: { opset?: number; more?: readonly Buffer[] } = {},
): Buffer {
  const graph = message(
    ...nodes.map(({ op, inputs, output, attributes }) =>
      bytesField(1, nodeMessage(op, inputs, output, attributes ?? {})),
    ),
    ...weights.map(({ name, shape: sizes, values }) => bytesField(5, tensorMessage(name, sizes, values))),
    ...more.map(tensor => bytesField(5, tensor)),
    bytesField(11, valueMessage('x', shape)),
    bytesField(12, valueMessage('y', [])),
  )
  return message(
    numberField(1, 8),
    bytesField(7, graph),
    bytesField(8, message(bytesField(1, ''), numberField(2, opset))),
  )
}
