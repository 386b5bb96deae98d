import type * as tf from '@tensorflow/tfjs-core'
import { ImportFault } from './import-fault.ts'

export type Shape = readonly number[]

/** Weights, or whole numbers (as doubles) that tell a step what to do. */
export interface Constant {
  readonly shape: Shape
  readonly values: Float32Array | Float64Array
}

/** What a step does. Its shape is known before it is run, so that a hostile file is refused before it costs memory. */
export interface GraphOp {
  /** @throws ImportFault: it cannot take these */
  shape(inputs: readonly Shape[]): Shape
  /** Multiplications; left out where they are as many as the values. */
  work?(inputs: readonly Shape[], output: Shape): number
  run(inputs: readonly tf.Tensor[]): tf.Tensor
}

export interface GraphNode {
  /** The value that it gives. */
  readonly name: string
  /** What the file calls it: "Conv". */
  readonly kind: string
  readonly inputs: readonly string[]
  readonly op: GraphOp
}

/** What a file says of where it is from; empty where it says nothing. */
export interface Origin {
  /** The program that wrote it. */
  readonly madeBy: string
  /** The run of ours that it was. */
  readonly run: string
}

/** An encoder as a file tells it, whatever its format: nodes in the order in which they run. */
export interface EncoderGraph {
  readonly origin: Origin
  /** Sizes that are open are null; the first is that of the batch. */
  readonly input: { readonly name: string; readonly shape: readonly (number | null)[] }
  /** Where the sizes leave it open. */
  readonly channelsFirst: boolean
  readonly constants: ReadonlyMap<string, Constant>
  readonly nodes: readonly GraphNode[]
  readonly output: string
}

/** What a pass through a graph takes. */
export interface PassSize {
  readonly output: Shape
  /** Values of the largest tensor. */
  readonly largest: number
  readonly work: number
}

export const product = (shape: Shape): number => shape.reduce((all, size) => all * size, 1)

/** A tensor may take a quarter of a gigabyte, all of a pass (which are freed as it goes) sixteen times as much. */
export const mostValues = 2 ** 26
const mostInAll = 2 ** 30
/** What TensorFlow's kernels are made for. */
const mostAxes = 6

/** The shapes of a pass, without running it. @throws ImportFault, naming the step */
export function measurePass(graph: EncoderGraph, input: Shape): PassSize {
  const shapes = new Map<string, Shape>([[graph.input.name, input]])
  for (const [name, { shape }] of graph.constants) shapes.set(name, shape)
  let [largest, all, work] = [product(input), 0, 0]
  for (const { name, kind, inputs, op } of graph.nodes) {
    const refuse = (fault: string): ImportFault =>
      new ImportFault(`its step "${shortened(name)}" (${kind}) ${fault}`)
    const taken = inputs.map(one => {
      const shape = shapes.get(one)
      if (shape === undefined) throw refuse(`takes "${shortened(one)}", which no step before it gives.`)
      return shape
    })
    let shape: Shape
    try {
      shape = op.shape(taken)
    } catch (error) {
      throw error instanceof ImportFault ? refuse(error.message) : error
    }
    const size = product(shape)
    if (shape.length > mostAxes || shape.some(side => !Number.isSafeInteger(side) || side < 1))
      throw refuse(`would give the shape [${shape.slice(0, 8)}].`)
    all += size
    work += op.work?.(taken, shape) ?? size
    if (size > mostValues || all > mostInAll || shapes.has(name))
      throw refuse(shapes.has(name) ? 'has a name that is taken.' : `would give ${size} values: too many.`)
    largest = Math.max(largest, size)
    shapes.set(name, shape)
  }
  const output = shapes.get(graph.output)
  if (output === undefined || graph.constants.has(graph.output))
    throw new ImportFault(`no step gives its output "${shortened(graph.output)}".`)
  return { output, largest, work }
}

/** Texts out of a file, fit for a person: on one line, not long. */
export function originOf(madeBy: unknown, run: unknown): Origin {
  const plain = (text: unknown): string =>
    typeof text === 'string' ? shortened(text.replace(/[\p{C}\s]+/gu, ' ').trim()) : ''
  return { madeBy: plain(madeBy), run: plain(run) }
}

/** A name out of a file, fit for a message. */
export const shortened = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name)
