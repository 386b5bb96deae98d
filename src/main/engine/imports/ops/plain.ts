import * as tf from '@tensorflow/tfjs-core'
import { type GraphOp, product, type Shape } from '../encoder-graph.ts'
import { ImportFault } from '../import-fault.ts'

/** A step on every value by itself. */
export const unary = (run: (x: tf.Tensor) => tf.Tensor): GraphOp => ({
  shape: ([x]) => required(x),
  run: ([x]) => run(x as tf.Tensor),
})

export const identity = unary(x => tf.clone(x))
export const relu = unary(x => tf.relu(x))

/** The activations that both formats know, by their name in small letters. */
export const activations: Readonly<Record<string, GraphOp>> = {
  linear: identity,
  relu,
  relu6: unary(x => tf.clipByValue(x, 0, 6)),
  sigmoid: unary(x => tf.sigmoid(x)),
  tanh: unary(x => tf.tanh(x)),
  softmax: unary(x => tf.softmax(x)),
}

export const leakyRelu = (slope: number): GraphOp => unary(x => tf.leakyRelu(x, slope))
export const clip = (low: number, high: number): GraphOp => unary(x => tf.minimum(tf.maximum(x, low), high))

const arithmetic = { Add: tf.add, Sub: tf.sub, Mul: tf.mul, Div: tf.div }

/** Two tensors, the smaller one repeated where it has one of what the other has many of, as in NumPy. */
export const binary = (kind: keyof typeof arithmetic): GraphOp => ({
  shape: ([a, b]) => broadcast(required(a), required(b)),
  run: ([a, b]) => arithmetic[kind](a as tf.Tensor, b as tf.Tensor),
})

function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1]
    if (x !== y && x !== 1 && y !== 1) throw new ImportFault(`cannot join [${a}] and [${b}].`)
    return x === 1 ? y : x
  })
}

/** Rows [..., inputs] times a matrix [inputs, outputs]. */
export const matMul: GraphOp = {
  shape: ([x, matrix]) => {
    const [rows, [inputs, outputs, more]] = [required(x), required(matrix)]
    if (inputs === undefined || outputs === undefined || more !== undefined || rows.at(-1) !== inputs)
      throw new ImportFault(`cannot multiply [${rows}] by [${matrix}].`)
    return [...rows.slice(0, -1), outputs]
  },
  work: ([x], output) => product(output) * (x?.at(-1) ?? 1),
  run: ([x, matrix]) => {
    const { shape } = x as tf.Tensor
    const rows = tf.reshape(x as tf.Tensor, [-1, shape.at(-1) as number]) as tf.Tensor2D
    const made = tf.matMul(rows, matrix as tf.Tensor2D)
    return tf.reshape(made, [...shape.slice(0, -1), made.shape[1] as number])
  },
}

export const concat = (axis: number): GraphOp => ({
  shape: shapes => {
    const first = required(shapes[0])
    const at = axisOf(axis, first.length)
    const fits = (shape: Shape): boolean =>
      shape.length === first.length && shape.every((size, i) => i === at || size === first[i])
    if (!shapes.every(fits)) throw new ImportFault('takes tensors that do not go side by side.')
    return first.map((size, i) => (i === at ? shapes.reduce((all, s) => all + (s[at] as number), 0) : size))
  },
  run: tensors => tf.concat([...tensors], axisOf(axis, (tensors[0] as tf.Tensor).rank)),
})

export function required<T>(input: T | undefined): T {
  if (input === undefined) throw new ImportFault('lacks an input.')
  return input
}

/** An axis counted from the end where it is negative. */
export function axisOf(axis: number, rank: number): number {
  const from = axis < 0 ? axis + rank : axis
  if (!Number.isInteger(from) || from < 0 || from >= rank)
    throw new ImportFault(`wants axis ${axis} of ${rank}.`)
  return from
}
