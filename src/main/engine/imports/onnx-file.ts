import { type Constant, product } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'
import {
  bytesOf,
  doublesOf,
  floatsOf,
  numberOf,
  textOf,
  varints,
  type WireField,
  wireFields,
} from './wire-reader.ts'

/** What onnx.proto (github.com/onnx/onnx) tells of a model, as much of it as an encoder needs. */
export interface OnnxModel {
  readonly opset: number
  readonly producer: string
  /** Of its metadata, by key. */
  readonly metadata: ReadonlyMap<string, string>
  readonly nodes: readonly OnnxNode[]
  readonly constants: ReadonlyMap<string, Constant>
  readonly inputs: readonly { readonly name: string; readonly shape: readonly (number | null)[] }[]
  readonly outputs: readonly string[]
}

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, OnnxAttribute>
}

export type OnnxAttribute = number | string | readonly number[] | Constant

type Value = WireField['value']
const mostNodes = 20_000

/** @throws ImportFault */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  let opset = 0
  let producer = ''
  const metadata = new Map<string, string>()
  let graph: Uint8Array | undefined
  for (const { field, value } of wireFields(bytes)) {
    if (field === 2) producer = textOf(value)
    if (field === 7) graph = bytesOf(value)
    if (field === 8) opset ||= opsetOf(bytesOf(value))
    if (field === 14) metadata.set(...entryOf(bytesOf(value)))
  }
  if (graph === undefined) throw new ImportFault('it is no ONNX model.')
  if (opset < 7) throw new ImportFault(`it wants operators of version ${opset}; those from 7 on are known.`)
  const nodes: OnnxNode[] = []
  const constants = new Map<string, Constant>()
  const inputs: { name: string; shape: (number | null)[] }[] = []
  const outputs: string[] = []
  for (const { field, value } of wireFields(graph)) {
    if (field === 1) nodes.push(nodeOf(bytesOf(value)))
    if (field === 5) {
      const { name, constant } = tensorOf(bytesOf(value))
      constants.set(name, constant)
    }
    if (field === 11) inputs.push(signatureOf(bytesOf(value)))
    if (field === 12) outputs.push(signatureOf(bytesOf(value)).name)
    if (field === 15) throw new ImportFault('it has sparse weights, which cannot be read here.')
    if (nodes.length > mostNodes) throw new ImportFault(`it has more than ${mostNodes} steps.`)
  }
  const open = inputs.filter(({ name }) => !constants.has(name))
  return { opset, producer, metadata, nodes, constants, inputs: open, outputs }
}

function entryOf(bytes: Uint8Array): [string, string] {
  let [key, text] = ['', '']
  for (const { field, value } of wireFields(bytes)) {
    if (field === 1) key = textOf(value)
    if (field === 2) text = textOf(value)
  }
  return [key, text]
}

/** The version of ONNX's own operators; 0 of another's. */
function opsetOf(bytes: Uint8Array): number {
  let [domain, version] = ['', 0]
  for (const { field, value } of wireFields(bytes)) {
    if (field === 1) domain = textOf(value)
    if (field === 2) version = numberOf(value)
  }
  return domain === '' || domain === 'ai.onnx' ? version : 0
}

function nodeOf(bytes: Uint8Array): OnnxNode {
  const [inputs, outputs, attributes] = [[] as string[], [] as string[], new Map<string, OnnxAttribute>()]
  let [op, domain] = ['', '']
  for (const { field, value } of wireFields(bytes)) {
    if (field === 1) inputs.push(textOf(value))
    if (field === 2) outputs.push(textOf(value))
    if (field === 4) op = textOf(value)
    if (field === 5) attributes.set(...attributeOf(bytesOf(value)))
    if (field === 7) domain = textOf(value)
  }
  if (domain !== '' && domain !== 'ai.onnx') op = `${domain}.${op}`
  return { op, inputs, outputs, attributes }
}

function attributeOf(bytes: Uint8Array): [string, OnnxAttribute] {
  let name = ''
  let found: OnnxAttribute = []
  const many: number[] = []
  for (const { field, value } of wireFields(bytes)) {
    if (field === 1) name = textOf(value)
    if (field === 2) found = floatsOf(bytesOf(value))[0] ?? 0
    if (field === 3) found = numberOf(value)
    if (field === 4) found = textOf(value)
    if (field === 5) found = tensorOf(bytesOf(value)).constant
    if (field === 7) for (const one of floatsOf(bytesOf(value))) many.push(one)
    if (field === 8) for (const one of varints(value)) many.push(one)
  }
  return [name, many.length > 0 ? many : found]
}

/** Of onnx.proto's types of tensors. */
const float = 1
const readers: Readonly<Record<number, (raw: Uint8Array) => Constant['values']>> = {
  [float]: floatsOf,
  6: raw => doublesOf(raw, 'int32'),
  7: raw => doublesOf(raw, 'int64'),
  11: raw => doublesOf(raw, 'double'),
}

function tensorOf(bytes: Uint8Array): { name: string; constant: Constant } {
  const shape: number[] = []
  let [type, name, external] = [0, '', false]
  let raw: Uint8Array | undefined
  const parts: Value[] = []
  for (const { field, value } of wireFields(bytes)) {
    if (field === 1) shape.push(...[...varints(value)].slice(0, 9))
    if (field === 2) type = numberOf(value)
    if (field === 8) name = textOf(value)
    if (field === 9) raw = bytesOf(value)
    if (field === 4 || field === 5 || field === 7 || field === 10) parts.push(value)
    if (field === 14) external = numberOf(value) === 1
  }
  if (external)
    throw new ImportFault('its weights lie in another file; save it as one file, weights included.')
  const read = readers[type]
  if (read === undefined)
    throw new ImportFault(`its tensor "${name.slice(0, 60)}" is of type ${type}; 32-bit floats can be read.`)
  const values = raw === undefined ? unpacked(parts, type) : read(raw)
  const size = product(shape)
  if (shape.some(side => side < 0) || shape.length > 8 || size !== values.length)
    throw new ImportFault(
      `its tensor "${name.slice(0, 60)}" has ${values.length} values for [${shape.slice(0, 9)}].`,
    )
  return { name, constant: { shape, values } }
}

/** Values that are fields by themselves and not bytes as they lie in memory. */
function unpacked(parts: readonly Value[], type: number): Constant['values'] {
  if (type === float) return floatsOf(Buffer.concat(parts.map(bytesOf)))
  if (type === 11) return doublesOf(Buffer.concat(parts.map(bytesOf)), 'double')
  return Float64Array.from(parts.flatMap(part => [...varints(part)]))
}

/** An input or output: its sizes, null where they are open. */
function signatureOf(bytes: Uint8Array): { name: string; shape: (number | null)[] } {
  let name = ''
  const shape: (number | null)[] = []
  const within = (outer: Uint8Array, wanted: number): Uint8Array[] =>
    [...wireFields(outer)].filter(({ field }) => field === wanted).map(({ value }) => bytesOf(value))
  for (const { field, value } of wireFields(bytes)) {
    if (field === 1) name = textOf(value)
    if (field !== 2) continue
    const sizes = within(bytesOf(value), 1)
      .flatMap(tensor => within(tensor, 2))
      .flatMap(all => within(all, 1))
    for (const size of sizes) {
      const [known] = [...wireFields(size)].filter(one => one.field === 1)
      shape.push(known === undefined ? null : numberOf(known.value))
    }
  }
  return { name, shape }
}
