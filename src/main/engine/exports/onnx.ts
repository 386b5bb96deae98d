import type { Run } from '../runs/run-folder.ts'
import { bytesField, message, numberField } from '../tensorflow/graph/wire-format.ts'
import { aboutEncoder } from './about.ts'
import { type EncoderStep, encoderSteps, imagesName, type LinearOp } from './encoder-steps.ts'
import {
  entryMessage,
  nodeMessage,
  type OnnxAttribute,
  tensorMessage,
  valueMessage,
} from './onnx-messages.ts'

/** Of the operators' definitions (onnx.ai/onnx/operators): old enough for every runtime since 2022. */
export const opset = 17
const irVersion = 8
const output = 'features'

/**
 * The encoder as an ONNX model. It takes images with their channels last, as every export does; ONNX convolves with
 * channels first, so it turns them before the first convolution and back before they become rows.
 */
export function toOnnx(run: Run): Buffer {
  const { spec } = run.network
  const graph = new OnnxGraph()
  const steps = encoderSteps(run.network)
  for (const step of steps) graph.add(step)
  graph.node('Identity', [graph.valueOf((steps.at(-1) as EncoderStep).name)], output)
  const images = valueMessage(imagesName, ['images', spec.height, spec.width, spec.channels])
  const about = Object.entries(aboutEncoder(run.config)).map(([key, value]) => entryMessage(key, value))
  return message(
    numberField(1, irVersion),
    bytesField(2, 'Twinlens'),
    bytesField(
      7,
      message(
        ...graph.nodes.map(node => bytesField(1, node)),
        bytesField(2, 'encoder'),
        ...graph.weights.map(weight => bytesField(5, weight)),
        bytesField(11, images),
        bytesField(12, valueMessage(output, ['images', spec.embeddingSize])),
      ),
    ),
    bytesField(8, message(bytesField(1, ''), numberField(2, opset))),
    ...about.map(entry => bytesField(14, entry)),
  )
}

class OnnxGraph {
  readonly nodes: Buffer[] = []
  readonly weights: Buffer[] = []
  /** What has its channels first by now. */
  readonly #turned = new Set<string>()
  readonly #values = new Map<string, string>([[imagesName, imagesName]])

  /** The tensor that a step has given. */
  valueOf(step: string): string {
    const value = this.#values.get(step)
    if (value === undefined) throw new Error(`No step "${step}" comes before.`)
    return value
  }

  node(
    op: string,
    inputs: readonly string[],
    to: string,
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    this.nodes.push(nodeMessage(op, inputs, to, attributes))
    return to
  }

  /** @returns the tensor that it gives */
  add({ name, inputs, op }: EncoderStep): string {
    this.#values.set(name, name)
    const [from, other] = inputs.map(input => this.valueOf(input)) as [string, ...string[]]
    switch (op.kind) {
      case 'dense': {
        const [kernel, bias] = this.#weightsOf(name, op.shape, op)
        return this.node('Gemm', [from, kernel, bias], name)
      }
      case 'conv': {
        const [rows, columns, channels, outputs] = op.shape as [number, number, number, number]
        const turned = { kernel: outputsFirst(op), bias: op.bias }
        const [kernel, bias] = this.#weightsOf(name, [outputs, channels, rows, columns], turned)
        const sizes = { kernel_shape: [rows, columns], strides: [op.stride, op.stride] }
        return this.#spatial('Conv', [from, kernel, bias], name, { ...sizes, auto_pad: 'SAME_UPPER' })
      }
      case 'max-pool':
        return this.#spatial('MaxPool', [from], name, { kernel_shape: [2, 2], strides: [2, 2] })
      case 'mean-pool':
        this.#spatial('GlobalAveragePool', [from], `${name}_places`, {})
        return this.node('Flatten', [`${name}_places`], name, { axis: 1 })
      case 'normalise': {
        const shape = [op.mean.length]
        this.weights.push(tensorMessage(`${name}.mean`, shape, Float32Array.from(op.mean)))
        this.weights.push(tensorMessage(`${name}.deviation`, shape, Float32Array.from(op.deviation)))
        this.node('Sub', [from, `${name}.mean`], `${name}_centred`)
        return this.node('Div', [`${name}_centred`, `${name}.deviation`], name)
      }
      case 'flatten': {
        if (!this.#turned.has(from)) return this.node('Flatten', [from], name, { axis: 1 })
        this.node('Transpose', [from], `${name}_channels_last`, { perm: [0, 2, 3, 1] })
        return this.node('Flatten', [`${name}_channels_last`], name, { axis: 1 })
      }
      case 'relu':
        if (this.#turned.has(from)) this.#turned.add(name)
        return this.node('Relu', [from], name)
      case 'add':
        if (this.#turned.has(from)) this.#turned.add(name)
        return this.node('Add', [from, other as string], name)
      default:
        return op satisfies never
    }
  }

  #spatial(
    op: string,
    [from, ...weights]: readonly [string, ...string[]],
    to: string,
    attributes: Readonly<Record<string, OnnxAttribute>>,
  ): string {
    let turned = from
    if (!this.#turned.has(from)) {
      turned = `${to}_channels_first`
      this.node('Transpose', [from], turned, { perm: [0, 3, 1, 2] })
    }
    this.#turned.add(to)
    return this.node(op, [turned, ...weights], to, attributes)
  }

  #weightsOf(
    name: string,
    shape: readonly number[],
    { kernel, bias }: Pick<LinearOp, 'kernel' | 'bias'>,
  ): [string, string] {
    this.weights.push(tensorMessage(`${name}.kernel`, shape, kernel))
    this.weights.push(tensorMessage(`${name}.bias`, [bias.length], bias))
    return [`${name}.kernel`, `${name}.bias`]
  }
}

/** [rows, columns, inputs, outputs] to [outputs, inputs, rows, columns]. */
function outputsFirst({ shape, kernel }: LinearOp): Float32Array {
  const [rows, columns, inputs, outputs] = shape as [number, number, number, number]
  const places = rows * columns
  return Float32Array.from(kernel, (_, to) => {
    const place = to % places
    const input = Math.floor(to / places) % inputs
    const out = Math.floor(to / places / inputs)
    return kernel[(place * inputs + input) * outputs + out] as number
  })
}
