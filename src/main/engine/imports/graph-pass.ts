import * as tf from '@tensorflow/tfjs-core'
import type { EncoderGraph } from './encoder-graph.ts'

/** A graph made ready to run on the current backend: its weights as tensors. */
export class GraphPass {
  readonly #graph: EncoderGraph
  readonly #weights = new Map<string, tf.Tensor>()
  /** The values that nothing takes after a node. */
  readonly #done: readonly (readonly string[])[]

  constructor(graph: EncoderGraph) {
    this.#graph = graph
    const { constants, nodes } = graph
    const taken = new Set(nodes.flatMap(({ inputs }) => inputs))
    for (const [name, { shape, values }] of constants) {
      if (taken.has(name))
        this.#weights.set(name, tf.tensor(Float32Array.from(values), [...shape], 'float32'))
    }
    const seen = new Set([graph.output, ...this.#weights.keys()])
    const done = nodes.map((): string[] => [])
    for (let i = nodes.length - 1; i >= 0; i--) {
      const { name, inputs } = nodes[i] as (typeof nodes)[number]
      for (const one of [...inputs, name]) {
        if (!seen.has(one)) done[i]?.push(one)
        seen.add(one)
      }
    }
    this.#done = done
  }

  /** @param input it takes this over @returns the output, of which the caller disposes */
  run(input: tf.Tensor): tf.Tensor {
    const values = new Map<string, tf.Tensor>([[this.#graph.input.name, input]])
    this.#graph.nodes.forEach(({ name, inputs, op }, i) => {
      const taken = inputs.map(one => (this.#weights.get(one) ?? values.get(one)) as tf.Tensor)
      values.set(
        name,
        tf.tidy(() => op.run(taken)),
      )
      for (const one of this.#done[i] ?? []) values.get(one)?.dispose()
    })
    return values.get(this.#graph.output) as tf.Tensor
  }

  dispose(): void {
    for (const weight of this.#weights.values()) weight.dispose()
  }
}
