import { z } from 'zod'
import { type Constant, product, shortened } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'
import { besides, readBounded } from './read-bounded.ts'

const size = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31)
const quantisedTypes = { uint8: 1, uint16: 2 } as const

/** The weights that a model.json tells of (js.tensorflow.org/guide/save_load). */
export const manifestSchema = z
  .array(
    z.object({
      paths: z.array(z.string().min(1).max(1000)).max(10_000),
      weights: z
        .array(
          z.object({
            name: z.string().max(1000),
            shape: z.array(size).max(6),
            dtype: z.string(),
            quantization: z
              .object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() })
              .optional(),
          }),
        )
        .max(20_000),
    }),
  )
  .max(1000)

type Manifest = z.infer<typeof manifestSchema>

/** All of a model's weights, in bytes. */
const mostBytes = 2 ** 30

/** The weights by name, out of the files that lie beside `file`. @throws ImportFault, bad-file */
export async function readWeights(file: string, manifest: Manifest): Promise<Map<string, Constant>> {
  const weights = new Map<string, Constant>()
  let left = mostBytes
  for (const group of manifest) {
    const wanted = group.weights.reduce((all, weight) => all + bytesOf(weight), 0)
    if (wanted > left) throw new ImportFault(`it has more than ${mostBytes / 2 ** 20} MB of weights.`)
    const shards: Buffer[] = []
    for (const path of group.paths) {
      const shard = await readBounded(await besides(file, path), left)
      left -= shard.length
      shards.push(shard)
    }
    const bytes = Buffer.concat(shards)
    if (bytes.length !== wanted)
      throw new ImportFault(`its weights take ${wanted} bytes, but their files have ${bytes.length}.`)
    let at = 0
    for (const weight of group.weights) {
      const end = at + bytesOf(weight)
      weights.set(weight.name.replace(/:0$/, ''), {
        shape: weight.shape,
        values: valuesOf(bytes.subarray(at, end), weight),
      })
      at = end
    }
  }
  return weights
}

type Weight = Manifest[number]['weights'][number]

function bytesOf({ name, shape, dtype, quantization }: Weight): number {
  if (dtype !== 'float32')
    throw new ImportFault(`its weights "${shortened(name)}" are of type ${shortened(dtype)}, not float32.`)
  return product(shape) * (quantization === undefined ? 4 : quantisedTypes[quantization.dtype])
}

function valuesOf(bytes: Uint8Array, { quantization }: Weight): Float32Array {
  const { buffer } = Uint8Array.from(bytes)
  if (quantization === undefined) return new Float32Array(buffer)
  const { dtype, scale, min } = quantization
  return Float32Array.from(
    dtype === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer),
    q => q * scale + min,
  )
}
