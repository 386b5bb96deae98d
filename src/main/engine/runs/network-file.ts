import { badFile } from '../../../shared/errors.ts'
import { mlpSpec, type NetworkSpec, networkSpecSchema } from '../twin/network/network-spec.ts'
import { misfitOf, type NetworkValues, type WeightTensor, weightsOf } from '../twin/network/network-values.ts'
import { decodeSafetensors, encodeSafetensors, type NamedTensor, notesOf } from './safetensors.ts'

/** The note that tells what network the weights are of. */
const note = 'twinlens.network'

/** A network as a file that tells of itself what network it is. */
export const encodeNetwork = ({ spec, tensors }: NetworkValues): Uint8Array =>
  encodeSafetensors(tensors, { [note]: JSON.stringify(spec) })

/**
 * @param image of the run's images: files of earlier releases hold only fully connected layers and do not tell of it
 * @throws bad-file naming `path`: not what `encodeNetwork` made, or weights that do not fit their network
 */
export function decodeNetwork(
  file: Uint8Array,
  path: string,
  image: { readonly height: number; readonly width: number },
): NetworkValues {
  const found = decodeSafetensors(file, path)
  const described = notesOf(file, path)[note]
  const spec = described === undefined ? specOfLayers(found, path, image) : parseSpec(described, path)
  const tensors = weightsOf(spec).flatMap(({ name }): WeightTensor[] => {
    const tensor = found.get(name)
    return tensor?.values instanceof Float32Array
      ? [{ name, shape: tensor.shape, values: tensor.values }]
      : []
  })
  const misfit = misfitOf({ spec, tensors })
  if (misfit !== undefined) throw badFile(path, misfit)
  return { spec, tensors }
}

function parseSpec(json: string, path: string): NetworkSpec {
  try {
    return networkSpecSchema.parse(JSON.parse(json))
  } catch (error) {
    throw badFile(path, 'it is of a network that this Twinlens does not know. Update to open it.', error)
  }
}

function specOfLayers(
  tensors: ReadonlyMap<string, NamedTensor>,
  path: string,
  image: { readonly height: number; readonly width: number },
): NetworkSpec {
  const sizes: number[] = []
  for (let i = 1; tensors.has(`layer${i}.kernel`); i++) {
    const outputs = tensors.get(`layer${i}.kernel`)?.shape[1]
    if (outputs === undefined) throw badFile(path, `layer ${i} is incomplete.`)
    sizes.push(outputs)
  }
  const embeddingSize = sizes.pop()
  if (embeddingSize === undefined) throw badFile(path, 'it holds no layers.')
  return mlpSpec({ ...image, channels: 1 }, { hiddenSizes: sizes, embeddingSize })
}
