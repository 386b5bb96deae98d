/**
 * As much of protocol buffers' wire format as a graph needs (protobuf.dev/programming-guides/encoding): a field is a
 * tag, then a varint or so many bytes. A message is its fields one after another.
 */

const varintKind = 0
const lengthKind = 2
const fourBytesKind = 5
const eightBytesKind = 1

/** @param value a whole number from 0 to 2^53, or -1, which has all of its 64 bits set */
function varint(value: number): Buffer {
  if (value === -1) return Buffer.from([255, 255, 255, 255, 255, 255, 255, 255, 255, 1])
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Buffer.from([...bytes, rest])
}

/** A number, or a truth as 0 or 1. */
export const numberField = (field: number, value: number): Buffer =>
  Buffer.concat([varint(field * 8 + varintKind), varint(value)])

/** A 32-bit float. */
export function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return Buffer.concat([varint(field * 8 + fourBytesKind), bytes])
}

/** A text, a message, or bytes as they are. */
export function bytesField(field: number, value: string | Uint8Array): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint(field * 8 + lengthKind), varint(bytes.length), bytes])
}

export const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields)

/** A 64-bit float. */
export function doubleField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([varint(field * 8 + eightBytesKind), bytes])
}
