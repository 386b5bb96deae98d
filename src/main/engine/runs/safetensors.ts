import { z } from 'zod'
import { badFile } from '../../../shared/errors.ts'

/**
 * The safetensors format (Hugging Face, version 1): an 8-byte little-endian header length, a JSON header that names each
 * tensor's type, shape and place, then the raw values. NumPy, PyTorch and JAX read it with the package `safetensors`.
 */
export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array | Uint16Array
}

/** The types that runs hold: weights and features, class labels. */
const types = { F32: Float32Array, U16: Uint16Array } as const

const entrySchema = z.object({
  dtype: z.enum(['F32', 'U16']),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
})
const headerSchema = z.record(z.string(), z.unknown())
const notesKey = '__metadata__'
const notesSchema = z.record(z.string(), z.string())

/** The format wants the values to start at a multiple of 8 bytes. */
const alignment = 8

/** @param notes what the file says of itself, as texts by name */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  notes?: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = notes === undefined ? {} : { [notesKey]: notes }
  let offset = 0
  for (const { name, shape, values } of tensors) {
    const dtype = values instanceof Float32Array ? 'F32' : 'U16'
    const entry: z.infer<typeof entrySchema> = {
      dtype,
      shape: [...shape],
      data_offsets: [offset, offset + values.byteLength],
    }
    header[name] = entry
    offset += values.byteLength
  }
  const json = JSON.stringify(header)
  const head = Buffer.from(json.padEnd(Math.ceil(json.length / alignment) * alignment))
  const file = new Uint8Array(8 + head.length + offset)
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true)
  file.set(head, 8)
  let at = 8 + head.length
  for (const { values } of tensors) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    at += values.byteLength
  }
  return file
}

/** What a file says of itself; nothing where it says nothing. @throws bad-file naming `path` */
export function notesOf(file: Uint8Array, path: string): Readonly<Record<string, string>> {
  const parsed = notesSchema.safeParse(splitHead(file, path).header[notesKey] ?? {})
  if (!parsed.success) throw badFile(path, 'what it says of itself cannot be read.')
  return parsed.data
}

/** @throws bad-file naming `path`: cut short, or not of this format */
export function decodeSafetensors(file: Uint8Array, path: string): Map<string, NamedTensor> {
  const { header, data } = splitHead(file, path)
  const tensors = new Map<string, NamedTensor>()
  for (const [name, entry] of Object.entries(header)) {
    if (name === notesKey) continue
    const parsed = entrySchema.safeParse(entry)
    if (!parsed.success) throw badFile(path, `its tensor "${name}" is of a type that runs do not hold.`)
    const { shape } = parsed.data
    const Values = types[parsed.data.dtype]
    const [from, to] = parsed.data.data_offsets
    if (to > data.length) throw badFile(path, `it is cut short: the values of "${name}" are missing.`)
    const count = shape.reduce((product, n) => product * n, 1)
    if (to - from !== count * Values.BYTES_PER_ELEMENT)
      throw badFile(path, `the size of "${name}" does not fit its shape.`)
    tensors.set(name, { name, shape, values: new Values(new Uint8Array(data.subarray(from, to)).buffer) })
  }
  return tensors
}

function splitHead(
  file: Uint8Array,
  path: string,
): { readonly header: Record<string, unknown>; readonly data: Uint8Array } {
  if (file.length < 8) throw badFile(path, 'it is too short to hold weights.')
  const headLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  if (headLength > file.length - 8) throw badFile(path, 'it is cut short, or not a safetensors file.')
  return { header: parseHeader(file.subarray(8, 8 + headLength), path), data: file.subarray(8 + headLength) }
}

function parseHeader(bytes: Uint8Array, path: string): Record<string, unknown> {
  try {
    return headerSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (error) {
    throw badFile(path, 'its header cannot be read: it is not a safetensors file.', error)
  }
}
