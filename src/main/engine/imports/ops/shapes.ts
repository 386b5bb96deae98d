import * as tf from '@tensorflow/tfjs-core'
import { type GraphOp, product, type Shape } from '../encoder-graph.ts'
import { ImportFault } from '../import-fault.ts'
import { axisOf, required } from './plain.ts'

/** The same values under another shape. */
const reshaped = (shapeOf: (shape: Shape) => Shape): GraphOp => ({
  shape: ([x]) => {
    const to = shapeOf(required(x))
    if (product(to) !== product(required(x))) throw new ImportFault(`cannot make [${to}] of [${x}].`)
    return to
  },
  run: ([x]) => tf.reshape(x as tf.Tensor, [...shapeOf((x as tf.Tensor).shape)]),
})

/** -1 stands for what is left, 0 for what the input has there. */
export const reshape = (wanted: readonly number[]): GraphOp =>
  reshaped(shape => {
    const known = wanted.map((size, i) => (size === 0 ? (shape[i] ?? 0) : size))
    const rest = product(known.filter(size => size !== -1))
    return known.map(size => (size === -1 ? product(shape) / rest : size))
  })

/** A matrix: the axes before one make its rows, the others its columns. */
export const flatten = (axis: number): GraphOp =>
  reshaped(shape => {
    const at = axis === shape.length ? axis : axisOf(axis, shape.length)
    return [product(shape.slice(0, at)), product(shape.slice(at))]
  })

/** @param axes left out: all that have one */
export const squeeze = (axes: readonly number[] | undefined): GraphOp =>
  reshaped(shape => {
    const gone = new Set(axes?.map(axis => axisOf(axis, shape.length)))
    return shape.filter((size, i) => (axes === undefined ? size !== 1 : !gone.has(i)))
  })

export const unsqueeze = (axes: readonly number[]): GraphOp =>
  reshaped(shape => {
    const rank = shape.length + axes.length
    const added = new Set(axes.map(axis => axisOf(axis, rank)))
    const left = [...shape]
    return Array.from({ length: rank }, (_, i) => (added.has(i) ? 1 : (left.shift() ?? 1)))
  })

/** @param order left out: the axes in turned order */
export function transpose(order?: readonly number[]): GraphOp {
  const of = (shape: Shape): readonly number[] => order ?? [...shape.keys()].reverse()
  return {
    shape: ([x]) => {
      const shape = required(x)
      if (of(shape).length !== shape.length || new Set(of(shape)).size !== shape.length)
        throw new ImportFault(`cannot order ${shape.length} axes as [${order}].`)
      return of(shape).map(axis => shape[axisOf(axis, shape.length)] as number)
    },
    run: ([x]) => tf.transpose(x as tf.Tensor, [...of((x as tf.Tensor).shape)]),
  }
}

/** @param axes left out or none: all of them */
export function mean(axes: readonly number[] | undefined, keep: boolean): GraphOp {
  const over = (rank: number): number[] =>
    axes === undefined || axes.length === 0
      ? Array.from({ length: rank }, (_, i) => i)
      : [...new Set(axes.map(axis => axisOf(axis, rank)))]
  return {
    shape: ([x]) => {
      const shape = required(x)
      const gone = over(shape.length)
      return shape.flatMap((size, i) => (gone.includes(i) ? (keep ? [1] : []) : [size]))
    },
    run: ([x]) => tf.mean(x as tf.Tensor, over((x as tf.Tensor).rank), keep),
  }
}

/** @param before, after how much of one value is put to each axis */
export const pad = (before: readonly number[], after: readonly number[], value: number): GraphOp => ({
  shape: ([x]) => {
    const shape = required(x)
    if (before.length !== shape.length || after.length !== shape.length)
      throw new ImportFault('pads more or fewer axes than there are.')
    if ([...before, ...after].some(size => !Number.isSafeInteger(size) || size < 0))
      throw new ImportFault('pads by less than nothing.')
    return shape.map((size, i) => size + (before[i] as number) + (after[i] as number))
  },
  run: ([x]) =>
    tf.pad(
      x as tf.Tensor,
      before.map((size, i) => [size, after[i] as number] as [number, number]),
      value,
    ),
})
