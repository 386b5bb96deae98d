import { z } from 'zod'
import { type Constant, shortened } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'
import type { ModelLayer } from './layers-model-file.ts'
import type { Window } from './ops/spatial.ts'

const pairSchema = z.union([
  z.tuple([z.number(), z.number()]),
  z.number().transform((n): [number, number] => [n, n]),
])

/** A layer with what it says of itself, and its weights. */
export class LayerReader {
  readonly layer: ModelLayer
  readonly #weights: ReadonlyMap<string, Constant>

  constructor(layer: ModelLayer, weights: ReadonlyMap<string, Constant>) {
    this.layer = layer
    this.#weights = weights
  }

  get<T>(name: string, schema: z.ZodType<T>, otherwise: T): T {
    const value = this.layer.config[name]
    if (value === undefined || value === null) return otherwise
    const read = schema.safeParse(value)
    if (!read.success) throw new ImportFault(`has a "${name}" that is not understood.`)
    return read.data
  }

  number(name: string, otherwise: number): number {
    return this.get(name, z.number(), otherwise)
  }

  switch(name: string, otherwise: boolean): boolean {
    return this.get(name, z.boolean(), otherwise)
  }

  text(name: string, otherwise: string): string {
    return this.get(name, z.string().max(60), otherwise)
  }

  pair(name: string, otherwise: readonly [number, number]): readonly [number, number] {
    return this.get<readonly [number, number]>(name, pairSchema, otherwise)
  }

  /** Refuses what is known and not done here. */
  must(name: string, value: string): void {
    if (this.text(name, value) !== value)
      throw new ImportFault(`has "${name}" other than ${value}, which cannot be computed here.`)
  }

  /** How a convolution or a pool goes over images. */
  window(sizeName: string, strides: readonly [number, number], size?: readonly [number, number]): Window {
    this.must('data_format', 'channels_last')
    const padding = this.text('padding', 'valid')
    if (padding !== 'valid' && padding !== 'same') throw new ImportFault(`has the padding "${padding}".`)
    return {
      size: size ?? this.pair(sizeName, [2, 2]),
      strides: this.pair('strides', strides),
      dilations: this.pair('dilation_rate', [1, 1]),
      pads: padding === 'same' ? 'same' : [0, 0, 0, 0],
      channelsFirst: false,
    }
  }

  /** Weights by the layer's name, with or without the model's own before it. */
  weights(part: string, rank: number): Constant {
    const wanted = `${this.layer.name}/${part}`
    const names = [...this.#weights.keys()].filter(name => name === wanted || name.endsWith(`/${wanted}`))
    const found = this.#weights.get(names.includes(wanted) ? wanted : (names[0] ?? ''))
    if (found === undefined) throw new ImportFault(`has no weights "${shortened(wanted)}".`)
    if (found.shape.length !== rank) throw new ImportFault(`has a ${part} of the shape [${found.shape}].`)
    return found
  }
}
