import { batchNormEpsilon } from '../twin/network/forward.ts'
import { type ConvLayer, type DenseLayer, type Layer, layersOf } from '../twin/network/layers.ts'
import type { NetworkValues } from '../twin/network/network-values.ts'

/** A linear step with its weights: batch norm is folded into them, so that each has a bias and nothing else. */
export interface LinearOp {
  readonly kind: 'dense' | 'conv'
  /** Dense: [inputs, outputs]; conv: [side, side, inputs, outputs]; row by row. */
  readonly shape: readonly number[]
  readonly kernel: Float32Array
  readonly bias: Float32Array
  /** 1 for dense; a convolution is padded so that only this makes it smaller, as TensorFlow's "same". */
  readonly stride: number
}

export type StepOp =
  | LinearOp
  | { readonly kind: 'normalise'; readonly mean: readonly number[]; readonly deviation: readonly number[] }
  /** Rows of so many values. */
  | { readonly kind: 'flatten'; readonly outputs: number }
  | { readonly kind: 'relu' | 'max-pool' | 'mean-pool' | 'add' }

/** One step of an encoder as other tools describe them: a name, whose outputs it takes, and what it does. */
export interface EncoderStep {
  readonly name: string
  readonly inputs: readonly string[]
  readonly op: StepOp
}

/** What the first step takes: [images, height, width, channels], brightness from 0 to 1. */
export const imagesName = 'images'

/** A trained network as steps, each after those it takes from; the last gives the features. */
export function encoderSteps({ spec, tensors }: NetworkValues): EncoderStep[] {
  const steps: EncoderStep[] = []
  const add = (name: string, inputs: readonly string[], op: StepOp): string => {
    steps.push({ name, inputs, op })
    return name
  }
  const weight = (name: string): Float32Array => {
    const tensor = tensors.find(one => one.name === name)
    if (tensor === undefined) throw new Error(`This network has no "${name}".`)
    return tensor.values
  }
  const linear = (layer: ConvLayer | DenseLayer, from: string): string => {
    const name = layer.name.replaceAll('.', '_')
    const out = add(name, [from], folded(layer, weight))
    return layer.relu ? add(`${name}_relu`, [out], { kind: 'relu' }) : out
  }
  const through = (layer: Layer, from: string): string => {
    const name = `${layer.kind.replaceAll('-', '_')}${steps.length}`
    switch (layer.kind) {
      case 'dense':
      case 'conv':
        return linear(layer, from)
      case 'dropout':
        return from
      case 'residual': {
        const main = layer.main.reduce((x, one) => linear(one, x), from)
        const around = layer.shortcut === undefined ? from : linear(layer.shortcut, from)
        return add(`${name}_relu`, [add(name, [main, around], { kind: 'add' })], { kind: 'relu' })
      }
      case 'normalise':
      case 'flatten':
        return add(name, [from], layer)
      case 'max-pool':
      case 'mean-pool':
        return add(name, [from], { kind: layer.kind })
      default:
        return layer satisfies never
    }
  }
  layersOf(spec).reduce((from, layer) => through(layer, from), imagesName)
  return steps
}

/** Batch norm by its moving averages is a factor and a shift of each output: the kernel and a bias can hold them. */
function folded(layer: ConvLayer | DenseLayer, weight: (name: string) => Float32Array): LinearOp {
  const { name, inputs, outputs, kind } = layer
  const shape = kind === 'dense' ? [inputs, outputs] : [layer.size, layer.size, inputs, outputs]
  const stride = kind === 'dense' ? 1 : layer.stride
  const kernel = weight(`${name}.kernel`)
  if (!layer.batchNorm) return { kind, shape, stride, kernel, bias: weight(`${name}.bias`) }
  const [scale, shift] = [weight(`${name}.scale`), weight(`${name}.shift`)]
  const [mean, variance] = [weight(`${name}.mean`), weight(`${name}.variance`)]
  const factors = Array.from(scale, (s, i) => s / Math.sqrt((variance[i] as number) + batchNormEpsilon))
  const bias = Float32Array.from(factors, (f, i) => (shift[i] as number) - (mean[i] as number) * f)
  return { kind, shape, stride, kernel: kernel.map((w, i) => w * (factors[i % outputs] as number)), bias }
}
