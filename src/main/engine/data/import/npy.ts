import { badFile } from '../../../../shared/errors.ts'
import { type ByteFile, headOf } from './byte-file.ts'
import { importLimits } from './limits.ts'

/**
 * NumPy's array format (numpy.lib.format): a magic string, a version, the length of a header, and the header as a
 * literal of Python; then the values.
 */
export interface NpyHeader {
  readonly type: 'b' | 'u' | 'i' | 'f' | 'U' | 'S'
  readonly littleEndian: boolean
  /** Bytes an element. */
  readonly itemSize: number
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  /** Where the values begin. */
  readonly offset: number
}

const mostHeader = 65_536

/** @throws bad-file: not of the format, a type that is not read, a shape beyond counting */
export async function npyHeader(file: ByteFile): Promise<NpyHeader> {
  const head = Buffer.from(await headOf(file, 12 + mostHeader))
  const fail = (fault: string) => badFile(file.where, fault)
  if (head.length < 12 || head.toString('latin1', 0, 6) !== '\x93NUMPY')
    throw fail('it is not an array of NumPy.')
  const wide = (head[6] as number) > 1
  const length = wide ? head.readUInt32LE(8) : head.readUInt16LE(8)
  const start = wide ? 12 : 10
  if (length > mostHeader || start + length > head.length) throw fail('its header is cut short, or damaged.')
  const text = head.toString('latin1', start, start + length)
  const descr = /'descr':\s*'([<>|=]?)([A-Za-z])(\d*)'/.exec(text)
  const order = /'fortran_order':\s*(True|False)/.exec(text)
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text)
  if (order === null || shape === null || (descr === null && !/'descr':\s*\[/.test(text))) {
    throw fail('its header is damaged.')
  }
  const [, endian = '', letter = '', digits = ''] = descr ?? []
  if (letter === 'O') throw fail('it holds Python objects. They could run a program, so they are not read.')
  const itemSize = Number(digits) * (letter === 'U' ? 4 : 1)
  if (!isType(letter) || !sizes[letter](itemSize))
    throw fail(`values of the type "${letter}${digits}" cannot be read.`)
  const sides = (shape[1] as string)
    .split(',')
    .flatMap(side => (side.trim() === '' ? [] : [Number.parseInt(side, 10)]))
  const count = sides.reduce((product, side) => product * side, 1)
  if (!Number.isSafeInteger(count * itemSize)) throw fail('its shape is larger than any file.')
  return {
    type: letter,
    littleEndian: endian !== '>',
    itemSize,
    fortranOrder: order[1] === 'True',
    shape: sides,
    offset: start + length,
  }
}

const sizes: Record<NpyHeader['type'], (bytes: number) => boolean> = {
  b: bytes => bytes === 1,
  u: bytes => [1, 2, 4, 8].includes(bytes),
  i: bytes => [1, 2, 4, 8].includes(bytes),
  f: bytes => bytes === 4 || bytes === 8,
  U: bytes => bytes > 0 && bytes <= 4 * importLimits.labelLength,
  S: bytes => bytes > 0 && bytes <= 4 * importLimits.labelLength,
}
const isType = (letter: string): letter is NpyHeader['type'] => Object.hasOwn(sizes, letter)

/**
 * The elements in the file's order, each as a view at an offset.
 * @throws bad-file: fewer or more than the shape says
 */
export async function eachElement(
  file: ByteFile,
  { offset, itemSize, shape }: NpyHeader,
  visit: (view: DataView, at: number, index: number) => void,
): Promise<void> {
  const count = shape.reduce((product, side) => product * side, 1)
  let [skip, index] = [offset, 0]
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of file.chunks()) {
    const skipped = Math.min(skip, chunk.length)
    skip -= skipped
    const bytes = rest.length === 0 ? chunk.subarray(skipped) : Buffer.concat([rest, chunk.subarray(skipped)])
    const whole = Math.floor(bytes.length / itemSize)
    if (index + whole > count) throw badFile(file.where, 'it is longer than its header says.')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let i = 0; i < whole; i++) visit(view, i * itemSize, index++)
    rest = bytes.subarray(whole * itemSize)
  }
  if (index < count || rest.length > 0) throw badFile(file.where, 'it is cut short: values are missing.')
}

/** How a number of the type is read. */
export function numberReader({
  type,
  itemSize,
  littleEndian: little,
}: NpyHeader): (view: DataView, at: number) => number {
  switch (`${type}${itemSize}`) {
    case 'f4':
      return (view, at) => view.getFloat32(at, little)
    case 'f8':
      return (view, at) => view.getFloat64(at, little)
    case 'i1':
      return (view, at) => view.getInt8(at)
    case 'i2':
      return (view, at) => view.getInt16(at, little)
    case 'u2':
      return (view, at) => view.getUint16(at, little)
    case 'i4':
      return (view, at) => view.getInt32(at, little)
    case 'u4':
      return (view, at) => view.getUint32(at, little)
    // As BigInt each would cost an object. What is beyond 2^53 is no brightness and no class.
    case 'i8':
      return (view, at) =>
        view.getInt32(at + (little ? 4 : 0), little) * 2 ** 32 + view.getUint32(at + (little ? 0 : 4), little)
    case 'u8':
      return (view, at) =>
        view.getUint32(at + (little ? 4 : 0), little) * 2 ** 32 +
        view.getUint32(at + (little ? 0 : 4), little)
    default:
      return (view, at) => view.getUint8(at)
  }
}
