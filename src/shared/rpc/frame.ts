/**
 * One message as one block of bytes, for transports that carry bytes (WebSocket). Numbers are little-endian.
 *
 *     0   4 bytes   'TWL1'
 *     4   uint32    length of the head in bytes
 *     8   head      UTF-8 JSON: { message, arrays: [[kind, length in bytes], ...] }
 *     ...           the arrays' bytes in this order, each beginning at a multiple of 8
 *
 * Where an array begins follows from the lengths before it, so a frame cannot make two arrays overlap or point outside.
 *
 * The message holds null, booleans, strings, numbers, undefined, arrays, plain objects and typed arrays. What JSON
 * lacks is written as an object of the one key `$`: a number is the index of a typed array; a string names undefined,
 * NaN, Infinity, -Infinity or -0; a list holds the entries of an object one of whose keys is `$` or needs a backslash
 * in JSON (V8 can mix such keys up: nodejs/node#63785). Everything else (Date, Map, bigint, class instances,
 * functions) is refused, where structured clone would take some and strip others.
 */
const magic = 0x314c5754
const prefixBytes = 8
const alignment = 8
/** Deeper nesting, or a cycle, is refused. */
const maxDepth = 64
/** The largest frame, in bytes: what a WebSocket server is to be told as its limit too. */
export const maxFrameBytes = 64 * 1024 * 1024

/** A value that cannot be framed, or bytes that are no frame. `message` names the fault; it is for the log. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage'
}

const kinds = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const
type Kind = keyof typeof kinds

const specials = new Map<unknown, unknown>([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

const aligned = (offset: number): number => Math.ceil(offset / alignment) * alignment

/** @throws BadMessage for a value of a kind that no frame holds, nested too deeply, or of more than `maxFrameBytes` */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: { kind: Kind; bytes: Uint8Array }[] = []
  const text = toJson(message, arrays, 0)
  const table = arrays.map(({ kind, bytes }) => [kind, bytes.byteLength])
  const head = new TextEncoder().encode(`{"message":${text},"arrays":${JSON.stringify(table)}}`)
  let length = prefixBytes + head.length
  const offsets = arrays.map(({ bytes }) => {
    const offset = aligned(length)
    length = offset + bytes.byteLength
    return offset
  })
  if (length > maxFrameBytes) throw new BadMessage(`${length} bytes are more than a frame holds`)
  const frame = new Uint8Array(length)
  const prefix = new DataView(frame.buffer)
  prefix.setUint32(0, magic, true)
  prefix.setUint32(4, head.length, true)
  frame.set(head, prefixBytes)
  arrays.forEach(({ bytes }, index) => {
    frame.set(bytes, offsets[index])
  })
  return frame
}

function toJson(value: unknown, arrays: { kind: Kind; bytes: Uint8Array }[], depth: number): string {
  if (depth > maxDepth) throw new BadMessage('nested too deeply, or in a circle')
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (value === undefined) return '{"$":"undefined"}'
  if (typeof value === 'number') {
    const plain = Number.isFinite(value) && !Object.is(value, -0)
    return plain ? String(value) : `{"$":"${Object.is(value, -0) ? '-0' : value}"}`
  }
  if (typeof value !== 'object') throw new BadMessage(`a ${typeof value} cannot be sent`)
  if (ArrayBuffer.isView(value)) {
    const kind = Object.prototype.toString.call(value).slice('[object '.length, -1)
    if (!isKind(kind)) throw new BadMessage(`a ${kind} cannot be sent`)
    arrays.push({ kind, bytes: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) })
    return `{"$":${arrays.length - 1}}`
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, item => toJson(item, arrays, depth + 1)).join(',')}]`
  }
  if (!isPlain(value)) throw new BadMessage(`a ${value.constructor.name} cannot be sent`)
  const entries = Object.entries(value).map(
    ([key, item]) => [key, JSON.stringify(key), toJson(item, arrays, depth + 1)] as const,
  )
  return entries.some(([key, quoted]) => key === '$' || quoted !== `"${key}"`)
    ? `{"$":[${entries.map(([, quoted, item]) => `[${quoted},${item}]`).join(',')}]}`
    : `{${entries.map(([, quoted, item]) => `${quoted}:${item}`).join(',')}}`
}

/**
 * Typed arrays of the result are views into the frame's own bytes; only a frame that does not begin at a multiple of
 * 8 in its buffer is copied first.
 * @throws BadMessage when the bytes are not exactly one frame
 */
export function decodeFrame(frame: ArrayBuffer | Uint8Array<ArrayBuffer>): unknown {
  let bytes = frame instanceof Uint8Array ? frame : new Uint8Array(frame)
  if (bytes.byteLength > maxFrameBytes) throw new BadMessage('larger than a frame may be')
  if (bytes.byteLength < prefixBytes) throw new BadMessage('shorter than any frame')
  if (bytes.byteOffset % alignment !== 0) bytes = new Uint8Array(bytes)
  const prefix = new DataView(bytes.buffer, bytes.byteOffset, prefixBytes)
  if (prefix.getUint32(0, true) !== magic) throw new BadMessage('no frame')
  const headEnd = prefixBytes + prefix.getUint32(4, true)
  if (headEnd > bytes.byteLength) throw new BadMessage('the head is cut off')
  const head = parseHead(bytes.subarray(prefixBytes, headEnd))
  let end = headEnd
  const arrays = head.arrays.map(entry => {
    const { kind, byteLength } = arrayEntry(entry)
    const offset = aligned(end)
    end = offset + byteLength
    if (end > bytes.byteLength) throw new BadMessage('an array is cut off')
    const length = byteLength / kinds[kind].BYTES_PER_ELEMENT
    return new kinds[kind](bytes.buffer, bytes.byteOffset + offset, length)
  })
  if (end !== bytes.byteLength) throw new BadMessage('bytes are left over')
  return fromJson(head.message, arrays, 0)
}

function parseHead(bytes: Uint8Array): { message: unknown; arrays: unknown[] } {
  let head: unknown
  try {
    head = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw new BadMessage('the head is not JSON', { cause })
  }
  if (!isRecord(head) || !Object.hasOwn(head, 'message') || !Array.isArray(head['arrays'])) {
    throw new BadMessage('the head lacks its message or its arrays')
  }
  return { message: head['message'], arrays: head['arrays'] }
}

function arrayEntry(entry: unknown): { kind: Kind; byteLength: number } {
  const [kind, byteLength]: unknown[] = Array.isArray(entry) ? entry : []
  if (!isKind(kind)) throw new BadMessage('an array of no known kind')
  const whole = typeof byteLength === 'number' && Number.isSafeInteger(byteLength) && byteLength >= 0
  if (!whole || byteLength % kinds[kind].BYTES_PER_ELEMENT !== 0)
    throw new BadMessage('an array of no length')
  return { kind, byteLength }
}

/** Puts the special values back, in place: JSON.parse has just made these objects for nobody else. */
function fromJson(value: unknown, arrays: readonly unknown[], depth: number): unknown {
  if (depth > maxDepth) throw new BadMessage('nested too deeply')
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = fromJson(item, arrays, depth + 1)
    return value
  }
  if (!isRecord(value)) return value
  if (Object.hasOwn(value, '$')) return special(value, arrays, depth)
  // JSON.parse made `__proto__`, if it is there, a property like any other, and this assignment keeps it one.
  for (const [key, item] of Object.entries(value)) value[key] = fromJson(item, arrays, depth + 1)
  return value
}

function special(value: Record<string, unknown>, arrays: readonly unknown[], depth: number): unknown {
  const content = value['$']
  if (Object.keys(value).length !== 1) throw new BadMessage('a special value with more than its key')
  if (Array.isArray(content)) {
    const entries = content.map((entry: unknown) => {
      const [key, item, ...more]: unknown[] = Array.isArray(entry) ? entry : []
      if (typeof key !== 'string' || more.length > 0) throw new BadMessage('an entry without a key')
      return [key, fromJson(item, arrays, depth + 1)] as const
    })
    return Object.fromEntries(entries)
  }
  if (typeof content === 'number' && content in arrays) return arrays[content]
  if (!specials.has(content)) throw new BadMessage('a special value that is none')
  return specials.get(content)
}

const isKind = (kind: unknown): kind is Kind => typeof kind === 'string' && Object.hasOwn(kinds, kind)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object literal, of whatever realm, or one without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
