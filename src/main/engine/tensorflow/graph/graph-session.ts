import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { type Graph, graphTag } from './graph.ts'

/** What tfjs-node's backend offers for saved models; its own types leave it out. */
interface SessionBackend {
  loadSavedModelMetaGraph(folder: string, tags: string): number
  deleteSavedModel(id: number): void
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[]
  createOutputTensor(output: Output): tf.Tensor
  readonly binding: {
    createTensor(shape: readonly number[], type: number, values: Values['values']): number
    deleteTensor(id: number): void
    runSavedModel(id: number, inputs: readonly number[], names: string, fetches: string): Output[]
    readonly TF_FLOAT: number
    readonly TF_UINT8: number
  }
}

interface Output {
  readonly id: number
}

/** Numbers on their way into a graph. TensorFlow.js makes no tensors of bytes: these go past it. */
export interface Values {
  readonly values: Uint8Array | Float32Array
  readonly shape: readonly number[]
}

/**
 * A graph inside TensorFlow, with variables of its own. tfjs-node takes graphs only as a saved model's folder, so it
 * is written as one for a moment. Tensors that are fed or fetched share their memory with the graph where TensorFlow's
 * device is the processor: nothing is copied.
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
  run(feeds: Readonly<Record<string, tf.Tensor | Values>>, fetches: readonly string[]): tf.Tensor[] {
    return this.#run(feeds, fetches).map(output => this.#backend.createOutputTensor(output))
  }

  /** Gives a variable its first value. */
  begin(variable: string, values: Values): void {
    for (const { id } of this.#run({ [`first_${variable}`]: values }, [`begin_${variable}`])) {
      this.#backend.binding.deleteTensor(id)
    }
  }

  /** Frees the graph and its variables. */
  dispose(): void {
    this.#backend.deleteSavedModel(this.#id)
  }

  #run(feeds: Readonly<Record<string, tf.Tensor | Values>>, fetches: readonly string[]): Output[] {
    const { binding } = this.#backend
    const made: number[] = []
    const ids = Object.values(feeds).map(feed => {
      if (feed instanceof tf.Tensor) return this.#backend.getInputTensorIds([feed])[0] as number
      const type = feed.values instanceof Uint8Array ? binding.TF_UINT8 : binding.TF_FLOAT
      const id = binding.createTensor(feed.shape, type, feed.values)
      made.push(id)
      return id
    })
    const names = (all: readonly string[]): string => all.map(name => `${name}:0`).join()
    try {
      return binding.runSavedModel(this.#id, ids, names(Object.keys(feeds)), names(fetches))
    } finally {
      for (const id of made) binding.deleteTensor(id)
    }
  }
}
