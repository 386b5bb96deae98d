import { PbfReader } from 'pbf'
import { ImportFault } from './import-fault.ts'

/** A field of a message of protocol buffers: a whole number, or bytes (text, a message, packed numbers, floats). */
export interface WireField {
  readonly field: number
  readonly value: number | Uint8Array
}

const cut = (): ImportFault => new ImportFault('it is cut or damaged.')

/** The fields of a message, each within the bytes that there are, which pbf by itself does not see to. */
export function* wireFields(bytes: Uint8Array): Generator<WireField> {
  const reader = new PbfReader(bytes)
  const end = bytes.length
  while (reader.pos < end) {
    const tag = varint(reader, end)
    const [field, type] = [Math.floor(tag / 8), tag % 8]
    if (field < 1) throw cut()
    if (type === 0) yield { field, value: varint(reader, end) }
    else {
      const length = type === 2 ? varint(reader, end) : type === 5 ? 4 : type === 1 ? 8 : -1
      const from = reader.pos
      if (length < 0 || from + length > end) throw cut()
      reader.pos = from + length
      yield { field, value: bytes.subarray(from, from + length) }
    }
  }
}

function varint(reader: PbfReader, end: number): number {
  const from = reader.pos
  let last = from
  while (last < end && (reader.buf[last] as number) > 127) last++
  // A varint has ten bytes at most.
  if (last >= end || last - from > 9) throw cut()
  return reader.readVarint(true)
}

/** Numbers of a repeated field: one, or many packed. */
export function* varints(value: WireField['value']): Generator<number> {
  if (typeof value === 'number') return yield value
  const reader = new PbfReader(value)
  while (reader.pos < value.length) yield varint(reader, value.length)
}

export function bytesOf(value: WireField['value']): Uint8Array {
  if (typeof value === 'number') throw cut()
  return value
}

export function numberOf(value: WireField['value']): number {
  if (typeof value !== 'number') throw cut()
  return value
}

export const textOf = (value: WireField['value']): string => Buffer.from(bytesOf(value)).toString('utf8')

/** 32-bit floats, at whatever place in a file. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  if (bytes.length % 4 !== 0) throw cut()
  return new Float32Array(Uint8Array.from(bytes).buffer)
}

/** 64-bit floats or whole numbers as doubles. */
export function doublesOf(bytes: Uint8Array, kind: 'double' | 'int64' | 'int32'): Float64Array {
  const size = kind === 'int32' ? 4 : 8
  if (bytes.length % size !== 0) throw cut()
  const { buffer } = Uint8Array.from(bytes)
  if (kind === 'double') return new Float64Array(buffer)
  return kind === 'int32'
    ? Float64Array.from(new Int32Array(buffer))
    : Float64Array.from(new BigInt64Array(buffer), Number)
}
