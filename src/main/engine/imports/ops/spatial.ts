import * as tf from '@tensorflow/tfjs-core'
import { type GraphOp, mostValues, product, type Shape } from '../encoder-graph.ts'
import { ImportFault } from '../import-fault.ts'
import { required } from './plain.ts'

type Pair = readonly [number, number]

/** How a window moves over rows and columns. */
export interface Window {
  readonly size: Pair
  readonly strides: Pair
  readonly dilations: Pair
  /** Rows before, columns before, rows after, columns after; or just so that only strides make it smaller. */
  readonly pads: 'same' | 'same-lower' | readonly number[]
  /** Images come as [images, channels, rows, columns]. */
  readonly channelsFirst: boolean
}

/** Padding in `Window`'s order. */
function padsOf({ size, strides, dilations, pads }: Window, sides: Pair): readonly number[] {
  if (typeof pads !== 'string') return pads
  const before: number[] = []
  const after: number[] = []
  for (const i of [0, 1] as const) {
    const reach = (size[i] - 1) * dilations[i] + 1
    const all = Math.max(0, (Math.ceil(sides[i] / strides[i]) - 1) * strides[i] + reach - sides[i])
    const less = Math.floor(all / 2)
    before.push(pads === 'same' ? less : all - less)
    after.push(pads === 'same' ? all - less : less)
  }
  return [...before, ...after]
}

/** [images, rows, columns, channels] after a window, its channels as they were. */
function shapeAfter(window: Window, input: Shape): [number, number, number, number] {
  const { size, strides, dilations } = window
  const numbers = [...size, ...strides, ...dilations]
  if (input.length !== 4) throw new ImportFault(`takes images, not [${input}].`)
  if (numbers.some(n => !Number.isSafeInteger(n) || n < 1)) throw new ImportFault('has a window of no size.')
  if (Math.max(...strides) > 1 && Math.max(...dilations) > 1)
    throw new ImportFault('has both strides and dilations, which cannot be computed here.')
  const [images, rows, columns, channels] = channelsLast(window, input)
  const pads = padsOf(window, [rows, columns])
  if (pads.length !== 4 || pads.some(n => !Number.isSafeInteger(n) || n < 0 || n > 4096))
    throw new ImportFault(`pads by [${pads.slice(0, 8)}].`)
  const padded = (i: 0 | 1, side: number): number => side + (pads[i] as number) + (pads[i + 2] as number)
  if (images * padded(0, rows) * padded(1, columns) * channels > mostValues)
    throw new ImportFault('pads images until they are too large.')
  const along = (i: 0 | 1, side: number): number => {
    return Math.floor((padded(i, side) - (size[i] - 1) * dilations[i] - 1) / strides[i]) + 1
  }
  return [images, along(0, rows), along(1, columns), channels]
}

function channelsLast({ channelsFirst }: Window, shape: Shape): [number, number, number, number] {
  const [a, b, c, d] = shape as [number, number, number, number]
  return channelsFirst ? [a, c, d, b] : [a, b, c, d]
}

const given = ({ channelsFirst }: Window, [n, h, w, c]: readonly [number, number, number, number]): Shape =>
  channelsFirst ? [n, c, h, w] : [n, h, w, c]

/** Runs something on images with their channels last and padding put to them. */
function onImages(
  window: Window,
  x: tf.Tensor,
  padding: number,
  run: (x: tf.Tensor4D) => tf.Tensor,
): tf.Tensor {
  const images = (window.channelsFirst ? tf.transpose(x, [0, 2, 3, 1]) : x) as tf.Tensor4D
  const [top, left, bottom, right] = padsOf(window, [images.shape[1], images.shape[2]]) as [
    number,
    number,
    number,
    number,
  ]
  const none = top + left + bottom + right === 0
  const padded = none
    ? images
    : tf.pad(
        images,
        [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
        padding,
      )
  const made = run(padded as tf.Tensor4D)
  return window.channelsFirst ? tf.transpose(made, [0, 3, 1, 2]) : made
}

/**
 * Takes images and a kernel [rows, columns, inputs, outputs]; of a convolution of each channel by itself
 * ("depthwise") [rows, columns, channels, outputs of each].
 */
export function conv(window: Window, depthwise: boolean): GraphOp {
  return {
    shape: ([x, kernel]) => {
      const [n, h, w, c] = shapeAfter(window, required(x))
      const [, , inputs, outputs] = required(kernel)
      if (inputs !== c || outputs === undefined)
        throw new ImportFault(`has weights [${kernel}], which do not fit images of ${c} channels.`)
      return given(window, [n, h, w, depthwise ? c * outputs : outputs])
    },
    work: ([, kernel], output) => {
      const [rows = 1, columns = 1, inputs = 1] = kernel ?? []
      return product(output) * rows * columns * (depthwise ? 1 : inputs)
    },
    run: ([x, kernel]) =>
      onImages(window, x as tf.Tensor, 0, images => {
        const { strides, dilations } = window
        const weights = kernel as tf.Tensor4D
        return depthwise
          ? tf.depthwiseConv2d(images, weights, [...strides], 'valid', 'NHWC', [...dilations])
          : tf.conv2d(images, weights, [...strides], 'valid', 'NHWC', [...dilations])
      }),
  }
}

/** Below every number that a network gives. */
const lowest = -3.4028234663852886e38

const pool = (window: Window, run: (x: tf.Tensor) => tf.Tensor): GraphOp => ({
  shape: ([x]) => given(window, shapeAfter(window, required(x))),
  work: (_, output) => product(output) * product(window.size),
  run: ([x]) => run(x as tf.Tensor),
})

export const maxPool = (window: Window): GraphOp =>
  pool(window, x =>
    onImages(window, x, lowest, images => tf.maxPool(images, [...window.size], [...window.strides], 'valid')),
  )

/** @param countPadding whether a mean at the border is one over the padding too */
export function averagePool(window: Window, countPadding: boolean): GraphOp {
  const averaged = (x: tf.Tensor): tf.Tensor =>
    onImages(window, x, 0, images => tf.avgPool(images, [...window.size], [...window.strides], 'valid'))
  return pool(window, x => (countPadding ? averaged(x) : tf.div(averaged(x), averaged(tf.onesLike(x)))))
}
