import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { type DataType, type Graph, graphTag } from './graph.ts'

/** What tfjs-node's backend offers for saved models; its own types leave it out. */
interface SessionBackend {
  loadSavedModelMetaGraph(folder: string, tags: string): number
  deleteSavedModel(id: number): void
  runSavedModel(
    id: number,
    inputs: readonly tf.Tensor[],
    infos: readonly { readonly name: string }[],
    outputs: readonly string[],
  ): tf.Tensor[]
  readonly binding: {
    createTensor(shape: readonly number[], type: number, values: Uint8Array | Float32Array): number
    deleteTensor(id: number): void
    runSavedModel(id: number, inputs: readonly number[], names: string, outputs: string): { id: number }[]
    readonly TF_FLOAT: number
    readonly TF_UINT8: number
  }
}

/**
 * A graph inside TensorFlow, with variables of its own. tfjs-node takes graphs only as a saved model's folder, so it
 * is written as one for a moment. Feeds and fetches share their memory with the graph where TensorFlow's device is
 * the processor: nothing is copied.
 */
export class GraphSession {
  readonly #backend = tf.backend() as unknown as SessionBackend
  readonly #id: number

  constructor(graph: Graph) {
    const folder = mkdtempSync(join(tmpdir(), 'twinlens-graph-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), graph.serialize())
      this.#id = this.#backend.loadSavedModelMetaGraph(folder, graphTag)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  /** @param feeds by placeholder @returns the values of the nodes `fetches`, which belong to the current tidy */
  run(feeds: Readonly<Record<string, tf.Tensor>>, fetches: readonly string[]): tf.Tensor[] {
    const infos = Object.keys(feeds).map(name => ({ name: `${name}:0` }))
    const outputs = fetches.map(name => `${name}:0`)
    return this.#backend.runSavedModel(this.#id, Object.values(feeds), infos, outputs)
  }

  /** Gives a variable its first value. TensorFlow.js makes no tensors of bytes: these go past it. */
  begin(
    variable: string,
    type: DataType & ('float' | 'uint8'),
    values: Float32Array | Uint8Array,
    shape: readonly number[],
  ): void {
    const { binding } = this.#backend
    const fed = binding.createTensor(shape, type === 'float' ? binding.TF_FLOAT : binding.TF_UINT8, values)
    const done = binding.runSavedModel(this.#id, [fed], `first_${variable}:0`, `begin_${variable}:0`)
    for (const { id } of [{ id: fed }, ...done]) binding.deleteTensor(id)
  }

  /** Frees the graph and its variables. */
  dispose(): void {
    this.#backend.deleteSavedModel(this.#id)
  }
}
