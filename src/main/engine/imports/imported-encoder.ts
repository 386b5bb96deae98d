import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { badFile, invalidInput } from '../../../shared/errors.ts'
import { type ImageShape, type LabelledImages, pixelsPerImage, sameShape, shapeOf } from '../data/data-set.ts'
import { breathe } from '../embedding/breathe.ts'
import type { Embedding } from '../embedding/embed.ts'
import { type EncoderGraph, measurePass, type Origin, type PassSize, product } from './encoder-graph.ts'
import { GraphPass } from './graph-pass.ts'
import { ImportFault } from './import-fault.ts'
import { type InputLayout, layoutFor } from './input-layout.ts'
import { layersModelGraph } from './layers-model-graph.ts'
import { onnxGraph } from './onnx-graph.ts'
import { readBounded } from './read-bounded.ts'

const mostOfOnnx = 2 ** 30
const mostOfJson = 2 ** 26
/** Multiplications for one image: twenty times those of a ResNet-50 at 224 x 224. */
const mostWork = 2 ** 36
/** As much as goes before the engine listens again: about a quarter of a second, and 64 MB. */
const workAtOnce = 2 ** 33
const valuesAtOnce = 2 ** 24
const mostAtOnce = 256

/** An encoder that another tool made, for images of one shape. */
export class ImportedEncoder {
  readonly shape: ImageShape
  readonly origin: Origin
  readonly format: 'ONNX' | 'TensorFlow.js'
  /** Features of an image. */
  readonly embeddingSize: number
  readonly #graph: EncoderGraph
  readonly #layout: InputLayout
  readonly #batch: number

  constructor(graph: EncoderGraph, shape: ImageShape, format: ImportedEncoder['format']) {
    this.origin = graph.origin
    this.format = format
    this.shape = shape
    this.#graph = graph
    this.#layout = layoutFor(graph, shape)
    const fixed = graph.input.shape[0] ?? null
    const one = measurePass(graph, this.#layout.shapeOf(fixed ?? 1))
    const each = fixed ?? 1
    if (one.work / each > mostWork)
      throw new ImportFault('it takes too long for one image to be of use here.')
    this.#batch = fixed ?? batchFor(one)
    const all = fixed === null ? measurePass(graph, this.#layout.shapeOf(this.#batch)) : one
    this.embeddingSize = product(all.output) / this.#batch
    const [rows] = all.output
    if (rows !== this.#batch || (fixed === null && product(one.output) !== this.embeddingSize))
      throw new ImportFault(`it gives [${all.output}] for ${this.#batch} images and not features for each.`)
  }

  /**
   * The features of every image, on the current backend. Pixels go in from 0 to 1.
   * @throws invalid-input: images of another shape; cancelled
   */
  async embed(images: LabelledImages, signal?: AbortSignal): Promise<Embedding> {
    const values = new Float32Array(images.count * this.embeddingSize)
    for await (const _ of this.embedInto(values, images, signal));
    return { values, count: images.count, size: this.embeddingSize }
  }

  /** The same step by step, into `values`, [images.count, embeddingSize]: after each it tells how many images are done. */
  async *embedInto(
    values: Float32Array,
    images: LabelledImages,
    signal?: AbortSignal,
  ): AsyncGenerator<number, void> {
    if (!sameShape(images, this.shape))
      throw invalidInput('The encoder was opened for images of another shape.')
    const [size, inputs] = [this.embeddingSize, pixelsPerImage(images)]
    const pass = new GraphPass(this.#graph)
    // A file may want so many images at once and no others: what is left over goes with blank ones.
    const bytes = new Float32Array(this.#batch * inputs)
    try {
      for (let start = 0; start < images.count; start += this.#batch) {
        const count = Math.min(this.#batch, images.count - start)
        bytes.fill(0).set(images.pixels.subarray(start * inputs, (start + count) * inputs))
        const input = tf.tidy(() =>
          this.#layout.toInput(tf.div(tf.tensor2d(bytes, [this.#batch, inputs]), 255)),
        )
        const features = pass.run(input)
        values.set((await features.data<'float32'>()).subarray(0, count * size), start * size)
        features.dispose()
        await breathe(signal, 'The embedding')
        yield start + count
      }
    } finally {
      pass.dispose()
    }
  }
}

const batchFor = ({ largest, work }: PassSize): number =>
  Math.max(1, Math.min(mostAtOnce, Math.floor(valuesAtOnce / largest), Math.floor(workAtOnce / work)))

/**
 * Opens an ONNX model (a file), or a LayersModel of TensorFlow.js (its model.json or the folder that it lies in), for
 * images of a shape. @throws bad-file, naming the file and what is wrong with it
 */
export async function openEncoder(path: string, shape: ImageShape): Promise<ImportedEncoder> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true
  const file = isFolder ? join(path, 'model.json') : path
  try {
    if (file.endsWith('.json')) {
      const text = (await readBounded(file, mostOfJson)).toString('utf8')
      return new ImportedEncoder(await layersModelGraph(file, text), shapeOf(shape), 'TensorFlow.js')
    }
    return new ImportedEncoder(onnxGraph(await readBounded(file, mostOfOnnx)), shapeOf(shape), 'ONNX')
  } catch (error) {
    throw error instanceof ImportFault ? badFile(file, error.message.slice(0, 1000), error) : error
  }
}
