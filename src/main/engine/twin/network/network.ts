import * as tf from '@tensorflow/tfjs-core'
import type { NetworkSpec } from './network-spec.ts'
import { type NetworkValues, weightsOf } from './network-values.ts'

/** A network inside TensorFlow: its tensors by name. */
export interface Network {
  readonly spec: NetworkSpec
  readonly tensors: Readonly<Record<string, tf.Tensor>>
}

/** Copies a network into TensorFlow. The caller frees it with `disposeNetwork`. */
export function toNetwork({ spec, tensors }: NetworkValues): Network {
  const entries = tensors.map(({ name, shape, values }) => [name, tf.tensor(values, [...shape])] as const)
  return { spec, tensors: Object.fromEntries(entries) }
}

/** Copies a network out of TensorFlow. */
export async function readNetwork({ spec, tensors }: Network): Promise<NetworkValues> {
  const read = weightsOf(spec).map(async ({ name, shape }) => {
    const values = await tensorOf(tensors, name).data<'float32'>()
    return { name, shape, values }
  })
  return { spec, tensors: await Promise.all(read) }
}

/** The same network by tensors of its own, which share their values with those they are of. */
export function lendNetwork({ spec, tensors }: Network): Network {
  const entries = Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)] as const)
  return { spec, tensors: Object.fromEntries(entries) }
}

export function disposeNetwork({ tensors }: Network): void {
  tf.dispose(Object.values(tensors))
}

/** @throws where the network has none of this name */
export function tensorOf<T extends tf.Tensor>(tensors: Network['tensors'], name: string): T {
  const tensor = tensors[name]
  if (tensor === undefined) throw new Error(`This network has no "${name}".`)
  return tensor as T
}
