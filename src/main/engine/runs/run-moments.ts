import { badFile } from '../../../shared/errors.ts'
import type { Embedding } from '../embedding/embed.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'

/** Where the test images fell at one moment of a training. */
export interface RunMoment {
  readonly embedding: Embedding
  readonly iteration: number
  /** Of the points that had been refreshed longest before. */
  readonly oldestIteration: number
}

const name = /^iterations\.(\d+)-(\d+)$/

/** One tensor [testCount, size] a moment, named by its oldest and newest points' iterations. */
export const encodeMoments = (moments: readonly RunMoment[]): Uint8Array =>
  encodeSafetensors(
    moments.map(({ embedding, iteration, oldestIteration }) => ({
      name: `iterations.${oldestIteration}-${iteration}`,
      shape: [embedding.count, embedding.size],
      values: embedding.values,
    })),
  )

/** Oldest first. @throws bad-file naming `path` */
export function decodeMoments(file: Uint8Array, path: string): RunMoment[] {
  const moments = [...decodeSafetensors(file, path).values()].map((tensor): RunMoment => {
    const [, oldest, newest] = name.exec(tensor.name) ?? []
    const [count, size] = tensor.shape
    if (newest === undefined || !(tensor.values instanceof Float32Array) || size === undefined)
      throw badFile(path, `"${tensor.name}" in it is no moment of a training.`)
    const embedding = { values: tensor.values, count: count as number, size }
    return { embedding, iteration: Number(newest), oldestIteration: Number(oldest) }
  })
  return moments.toSorted((a, b) => a.iteration - b.iteration)
}
