import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BadMessage, decodeFrame, encodeFrame, maxFrameBytes } from '../../../../src/shared/rpc/frame.ts'

const typedArray = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
)

const { message } = fc.letrec(tie => ({
  message: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(undefined, null, true, false, -0, Number.NaN),
    typedArray,
    fc.array(tie('message'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'toString', '"', '\\', '\n')),
      tie('message'),
      {
        maxKeys: 5,
        noNullPrototype: true,
      },
    ),
  ),
}))

/** A frame whose head is this text, its length told truly. */
function frameOf(head: string, ...tail: number[]): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(head)
  const frame = new Uint8Array(8 + bytes.length + tail.length)
  frame.set([0x54, 0x57, 0x4c, 0x31])
  new DataView(frame.buffer).setUint32(4, bytes.length, true)
  frame.set(bytes, 8)
  frame.set(tail, 8 + bytes.length)
  return frame
}

describe('a frame', () => {
  test('gives back every message as it was', () => {
    fc.assert(
      fc.property(message, value => {
        expect(decodeFrame(encodeFrame(value))).toStrictEqual(value)
      }),
      { numRuns: 500 },
    )
  })

  test('gives it back from wherever in a buffer it lies, and from a bare buffer', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 0, max: 17 }), (value, offset) => {
        const frame = encodeFrame(value)
        const larger = new Uint8Array(offset + frame.length + 3).fill(255)
        larger.set(frame, offset)
        expect(decodeFrame(larger.subarray(offset, offset + frame.length))).toStrictEqual(value)
        expect(decodeFrame(frame.buffer)).toStrictEqual(value)
      }),
    )
  })

  test('holds typed arrays that decode without a copy', () => {
    const frame = encodeFrame({ odd: Uint8Array.of(1, 2, 3), floats: Float64Array.of(1.5, 2.5) })
    const { floats } = decodeFrame(frame) as { floats: Float64Array }
    expect(floats).toStrictEqual(Float64Array.of(1.5, 2.5))
    expect(floats.buffer).toBe(frame.buffer)
    expect(floats.byteOffset % 8).toBe(0)
  })

  test('carries only the part of a buffer that an array shows', () => {
    const part = new Float32Array(1_000_000).subarray(10, 12)
    expect(encodeFrame(part).length).toBeLessThan(200)
  })

  test('keeps a key __proto__ a key', () => {
    const message: unknown = JSON.parse('{"__proto__":{"admin":true}}')
    const decoded = decodeFrame(encodeFrame(message)) as Record<string, unknown>
    expect(Object.keys(decoded)).toEqual(['__proto__'])
    expect(decoded['admin']).toBeUndefined()
  })

  test('does not mix up keys that JSON writes with a backslash, as V8 does (nodejs/node#63785)', () => {
    JSON.parse('{"h":[],"\\\\":0}') // from here on JSON.parse reads the key `"` after `h` as a backslash
    const message = { h: 1, '"': 2 }
    expect(decodeFrame(encodeFrame(message))).toStrictEqual(message)
  })

  test('refuses what structured clone would not carry alike everywhere', () => {
    const circle: unknown[] = []
    circle.push(circle)
    class Point {
      readonly x = 1
    }
    const shared = new DataView(new ArrayBuffer(8))
    const refused = [
      () => 1,
      Symbol('s'),
      1n,
      new Date(0),
      new Map(),
      new Point(),
      new ArrayBuffer(8),
      shared,
      circle,
    ]
    for (const value of refused) expect(() => encodeFrame({ value })).toThrow(BadMessage)
  })

  test('refuses to grow beyond its limit, either way', () => {
    const tooLarge = new Uint8Array(maxFrameBytes + 1)
    expect(() => encodeFrame(tooLarge)).toThrow(BadMessage)
    expect(() => decodeFrame(tooLarge)).toThrow(BadMessage)
  })
})

describe('bytes that are no frame', () => {
  test('are refused: every frame cut short or with something behind it', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 20 }), (value, cut, more) => {
        const frame = encodeFrame(value)
        expect(() => decodeFrame(frame.slice(0, cut % frame.length))).toThrow(BadMessage)
        expect(() => decodeFrame(Uint8Array.of(...frame, ...more))).toThrow(BadMessage)
      }),
    )
  })

  test('are refused or decode to something, never fail otherwise and never show bytes outside', () => {
    const mutation = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(message, mutation, (value, mutations) => {
        const original = encodeFrame(value)
        const outside = new Uint8Array(original.length + 64).fill(0xee)
        const frame = outside.subarray(32, 32 + original.length)
        frame.set(original)
        for (const [at, byte] of mutations) frame[at % frame.length] = byte
        try {
          for (const view of viewsIn(decodeFrame(frame))) {
            expect(view.byteOffset).toBeGreaterThanOrEqual(32)
            expect(view.byteOffset + view.byteLength).toBeLessThanOrEqual(32 + original.length)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(BadMessage)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('are refused: any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expect(() => decodeFrame(new Uint8Array(bytes))).toThrow(BadMessage)
      }),
    )
  })

  test.each([
    ['a head that is no JSON', '{"message":'],
    ['a head that is no object', '[]'],
    ['no arrays', '{"message":1}'],
    ['no message', '{"arrays":[]}'],
    ['an unknown kind', '{"message":1,"arrays":[["Array",0]]}'],
    ['a kind of every object', '{"message":1,"arrays":[["constructor",0]]}'],
    ['a negative length', '{"message":1,"arrays":[["Uint8Array",-8]]}'],
    ['a broken length', '{"message":1,"arrays":[["Uint8Array",0.5]]}'],
    ['half an element', '{"message":1,"arrays":[["Float32Array",6]]}'],
    ['an array longer than the frame', '{"message":1,"arrays":[["Float32Array",9007199254740988]]}'],
    ['an array that is not there', '{"message":{"$":0},"arrays":[]}'],
    ['an array of no number', '{"message":{"$":-1},"arrays":[["Uint8Array",0]]}'],
    ['an unknown special value', '{"message":{"$":"Date"},"arrays":[]}'],
    ['a special value with more keys', '{"message":{"$":"NaN","b":1},"arrays":[]}'],
    ['a special object', '{"message":{"$":{"a":1}},"arrays":[]}'],
    ['an entry that is none', '{"message":{"$":[1]},"arrays":[]}'],
    ['an entry without a key', '{"message":{"$":[[1,2]]},"arrays":[]}'],
    ['an entry of three', '{"message":{"$":[["a",2,3]]},"arrays":[]}'],
    ['nesting without end', `{"message":${'['.repeat(50_000)}${']'.repeat(50_000)},"arrays":[]}`],
  ])('are refused: %s', (_, head) => {
    expect(() => decodeFrame(frameOf(head))).toThrow(BadMessage)
  })

  test('are refused: text that is not UTF-8', () => {
    const frame = frameOf('{"message":"x","arrays":[]}')
    frame[8 + 12] = 0xff
    expect(() => decodeFrame(frame)).toThrow(BadMessage)
  })
})

function viewsIn(value: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(value)) {
    // A frame at an offset that is no multiple of 8 is copied; this one is at 32.
    return [value]
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(viewsIn) : []
}
