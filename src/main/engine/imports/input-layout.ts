import * as tf from '@tensorflow/tfjs-core'
import { type ImageShape, pixelsPerImage } from '../data/data-set.ts'
import type { EncoderGraph, Shape } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'

/** How an encoder wants its images. */
export interface InputLayout {
  /** The input's shape for so many images. */
  shapeOf(count: number): Shape
  /** From rows of pixels with their channels last to that; inside of a tidy. */
  toInput(rows: tf.Tensor2D): tf.Tensor
}

const mostOfFixedBatch = 1024

/** The layout that an encoder's input has, for images of a shape. @throws ImportFault: it takes others */
export function layoutFor({ input, channelsFirst }: EncoderGraph, shape: ImageShape): InputLayout {
  const { height, width, channels } = shape
  const [batch, ...sizes] = input.shape
  if (batch !== undefined && batch !== null && (batch < 1 || batch > mostOfFixedBatch))
    throw new ImportFault(`it takes ${batch} images at once.`)
  const fits = (wanted: Shape): boolean =>
    sizes.length === wanted.length && sizes.every((size, i) => size === null || size === wanted[i])
  const last = [height, width, channels]
  const first = [channels, height, width]
  const orders = channelsFirst ? [first, last] : [last]
  const found = [...orders, [pixelsPerImage(shape)], ...(channels === 1 ? [[height, width]] : [])].find(fits)
  if (found === undefined) {
    const told = sizes.map(size => size ?? 'any').join(' x ')
    throw new ImportFault(
      `it takes images of ${told}; these are ${last.join(' x ')} (height, width, channels).`,
    )
  }
  return {
    shapeOf: count => [count, ...found],
    toInput: rows =>
      found === first
        ? tf.transpose(tf.reshape(rows, [-1, ...last]), [0, 3, 1, 2])
        : tf.reshape(rows, [-1, ...found]),
  }
}
