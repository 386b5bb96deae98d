import { z } from 'zod'
import { badFile } from '../../../shared/errors.ts'
import type { TrainingState } from '../safe-training.ts'
import { networkSpecSchema } from '../twin/network/network-spec.ts'
import { misfitOf, sizeOf, type WeightTensor, weightsOf } from '../twin/network/network-values.ts'
import { decodeSafetensors, encodeSafetensors, notesOf } from './safetensors.ts'

const note = 'twinlens.training'

const noteSchema = z.object({
  spec: networkSpecSchema,
  iteration: z.number().int().positive(),
  /** Adam counts for itself: it may begin anew where a network goes on. */
  adamIteration: z.number().int().nonnegative(),
  pairs: z.array(z.number().int()).length(4),
  /** Of the tensors that a network of this kind learns, how many of the first ones this training left as they are. */
  frozen: z.number().int().nonnegative().default(0),
})

const meanOf = (name: string): string => `adam.mean.${name}`
const meanSquareOf = (name: string): string => `adam.meanSquare.${name}`

/** The state of a training as a file: the network's tensors and Adam's averages by name, the rest as JSON beside them. */
export function encodeState({ network, adam, iteration, pairs }: TrainingState): Uint8Array {
  const { spec, tensors } = network
  const frozen = learnedOf(spec).length - adam.means.length
  const learned = learnedOf(spec).slice(frozen)
  const averages = learned.flatMap(({ name, shape }, i) => [
    { name: meanOf(name), shape, values: adam.means[i] as Float32Array },
    { name: meanSquareOf(name), shape, values: adam.meanSquares[i] as Float32Array },
  ])
  const told: z.infer<typeof noteSchema> = {
    spec,
    iteration,
    adamIteration: adam.iteration,
    pairs: [...pairs],
    frozen,
  }
  return encodeSafetensors([...tensors, ...averages], { [note]: JSON.stringify(told) })
}

/** @throws bad-file naming `path`: not what `encodeState` made */
export function decodeState(file: Uint8Array, path: string): TrainingState {
  const { spec, iteration, adamIteration, pairs, frozen } = parseNote(notesOf(file, path)[note], path)
  const found = decodeSafetensors(file, path)
  const valuesOf = (name: string, count: number): Float32Array => {
    const values = found.get(name)?.values
    if (!(values instanceof Float32Array) || values.length !== count)
      throw badFile(path, `"${name}" is missing.`)
    return values
  }
  const tensors = weightsOf(spec).map(
    ({ name, shape }): WeightTensor => ({ name, shape, values: valuesOf(name, sizeOf(shape)) }),
  )
  const misfit = misfitOf({ spec, tensors })
  if (misfit !== undefined) throw badFile(path, misfit)
  const averages = (of: (name: string) => string): Float32Array[] =>
    learnedOf(spec)
      .slice(frozen)
      .map(({ name, shape }) => valuesOf(of(name), sizeOf(shape)))
  return {
    iteration,
    pairs: Int32Array.from(pairs),
    network: { spec, tensors },
    adam: { iteration: adamIteration, means: averages(meanOf), meanSquares: averages(meanSquareOf) },
  }
}

const learnedOf = (spec: z.infer<typeof networkSpecSchema>) =>
  weightsOf(spec).filter(({ learned }) => learned)

function parseNote(json: string | undefined, path: string): z.infer<typeof noteSchema> {
  try {
    return noteSchema.parse(JSON.parse(json ?? ''))
  } catch (error) {
    throw badFile(path, 'it is no state of a training, or of a newer Twinlens.', error)
  }
}
