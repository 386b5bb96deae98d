/** What a file's first bytes say that it is. */
export type Kind = 'picture' | 'idx' | 'gzip' | 'zip' | 'npy' | 'text' | 'empty' | 'other'

/** Bytes that `kindOf` needs. */
export const sniffBytes = 512

const ascii = (text: string): number[] => [...text].map(letter => letter.charCodeAt(0))

/** Magic numbers, each with where it stands, as the formats' specifications give them. */
const magics: readonly { kind: Kind; at: number; bytes: readonly number[] }[] = [
  { kind: 'picture', at: 0, bytes: [0x89, ...ascii('PNG')] },
  { kind: 'picture', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { kind: 'picture', at: 8, bytes: ascii('WEBP') },
  { kind: 'picture', at: 0, bytes: ascii('GIF8') },
  { kind: 'picture', at: 0, bytes: ascii('BM') },
  { kind: 'picture', at: 0, bytes: [0x49, 0x49, 0x2a, 0] },
  { kind: 'picture', at: 0, bytes: [0x4d, 0x4d, 0, 0x2a] },
  { kind: 'gzip', at: 0, bytes: [0x1f, 0x8b] },
  { kind: 'zip', at: 0, bytes: [0x50, 0x4b, 3, 4] },
  { kind: 'zip', at: 0, bytes: [0x50, 0x4b, 5, 6] },
  { kind: 'npy', at: 0, bytes: [0x93, ...ascii('NUMPY')] },
]

export function kindOf(head: Uint8Array): Kind {
  if (head.length === 0) return 'empty'
  const found = magics.find(({ at, bytes }) => bytes.every((byte, i) => head[at + i] === byte))
  // A table may begin with the letters BM; a picture's header has zeros in it.
  if (found !== undefined && !(found.bytes[0] === 0x42 && isText(head))) return found.kind
  if (isIdx(head)) return 'idx'
  return isText(head) ? 'text' : 'other'
}

/** Two zeros, a type, and the number of dimensions. */
function isIdx([first, second, type = 0, rank = 0]: Uint8Array): boolean {
  return first === 0 && second === 0 && type >= 8 && type <= 14 && rank >= 1 && rank <= 4
}

/** No control characters but those of a table; UTF-16, which is full of zeros, is told of when it is read. */
function isText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true
  return head.every(byte => byte >= 32 || byte === 9 || byte === 10 || byte === 13)
}
