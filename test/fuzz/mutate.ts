import fc from 'fast-check'

const kinds = [
  'bit',
  'byte',
  'cut',
  'remove',
  'insert',
  'repeat',
  'zeros',
  'word',
  'splice',
  'number',
] as const

/** One thing that happens to a file. Places are numbers that are brought into its length. */
export interface Mutation {
  readonly kind: (typeof kinds)[number]
  readonly at: number
  readonly length: number
  readonly value: number
  /** Half of all happens in the first 128 bytes: there the headers are. */
  readonly early: boolean
}

/** A file among a parser's real ones, and what happens to it. */
export interface Damage {
  readonly seed: number
  readonly other: number
  readonly mutations: readonly Mutation[]
}

const natural = fc.nat(0x7fff_ffff)
export const damages: fc.Arbitrary<Damage> = fc.record({
  seed: natural,
  other: natural,
  mutations: fc.array(
    fc.record({
      // Most files hold their sizes as text.
      kind: fc.constantFrom(...kinds, 'number', 'number'),
      at: natural,
      length: fc.nat(64),
      value: natural,
      early: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
})

/** What length fields and counts are most often wrong by. */
const extremes = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]
const texts = ['0', '-1', '1e999', '99999999999999999999', 'NaN', '4294967296', '0.5', 'null', '"', '[', '{}']

export function damaged(seeds: readonly Uint8Array[], { seed, other, mutations }: Damage): Buffer {
  const pick = (index: number): Buffer => Buffer.from(seeds[index % seeds.length] as Uint8Array)
  return mutations.reduce((bytes, mutation) => mutated(bytes, mutation, pick(other)), pick(seed))
}

function mutated(bytes: Buffer, { kind, at: place, length, value, early }: Mutation, other: Buffer): Buffer {
  const at = place % Math.max(1, early ? Math.min(128, bytes.length) : bytes.length)
  const replaced = (from: number, to: number, by: Uint8Array): Buffer =>
    Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)])
  switch (kind) {
    case 'bit':
      return replaced(at, at + 1, Buffer.of((bytes[at] ?? 0) ^ (1 << (value % 8))))
    case 'byte':
      return replaced(at, at + 1, Buffer.of(value % 256))
    case 'cut':
      return bytes.subarray(0, at)
    case 'remove':
      return replaced(at, at + length, Buffer.alloc(0))
    case 'insert':
      return replaced(at, at, Buffer.alloc(length, value % 256))
    case 'repeat':
      return replaced(at, at, bytes.subarray(at, at + length * 16))
    case 'zeros':
      return replaced(at, at + length, Buffer.alloc(length))
    case 'word':
      return replaced(at, at + (value % 2 === 0 ? 4 : 2), wordOf(value))
    case 'splice':
      return Buffer.concat([bytes.subarray(0, at), other.subarray(at % Math.max(1, other.length))])
    case 'number': {
      const found = /\d+/.exec(bytes.toString('latin1', at))
      const from = at + (found?.index ?? 0)
      return replaced(
        from,
        from + (found?.[0].length ?? 0),
        Buffer.from(texts[value % texts.length] as string),
      )
    }
    default:
      return kind satisfies never
  }
}

/** An extreme of two or four bytes, the small end first or the large one. */
function wordOf(value: number): Buffer {
  const extreme = extremes[(value >> 2) % extremes.length] as number
  const word = Buffer.alloc(4)
  if ((value & 2) === 0) word.writeUInt32LE(extreme)
  else word.writeUInt32BE(extreme)
  if (value % 2 === 0) return word
  return (value & 2) === 0 ? word.subarray(0, 2) : word.subarray(2)
}
