import { zipSync } from 'fflate'
import type { Run } from '../runs/run-folder.ts'
import type { ExportedFiles } from './formats.ts'

/** One array of NumPy's .npy format, version 1.0 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html). */
function npy(type: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`
  // The values begin at a multiple of 64 bytes, the header's last one ends its line.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${text.padEnd(length - 1)}\n`, 'latin1')
  head.writeUInt16LE(length, 8)
  return Buffer.concat([head, bytes])
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Texts of one width, as NumPy keeps them: four bytes a character. */
function texts(all: readonly string[]): Uint8Array {
  const characters = all.map(text => [...text].map(character => character.codePointAt(0) as number))
  const width = characters.reduce((most, { length }) => Math.max(most, length), 1)
  const bytes = Buffer.alloc(all.length * width * 4)
  characters.forEach((text, row) => {
    text.forEach((code, i) => {
      bytes.writeUInt32LE(code, (row * width + i) * 4)
    })
  })
  return npy(`<U${width}`, [all.length], bytes)
}

/** Features [images, size], labels [images] as indices into the classes' names, of both parts. */
export function toNpy({ config, train, test }: Run): ExportedFiles {
  const parts = Object.entries({ train, test }).flatMap(([part, { embedding, labels }]) => {
    const { values, count, size } = embedding
    return [
      [`${part}_features.npy`, npy('<f4', [count, size], bytesOf(values))],
      [`${part}_labels.npy`, npy('<u2', [count], bytesOf(labels))],
    ] as const
  })
  return new Map([...parts, ['classes.npy', texts(config.data.classes)]])
}

/** The same arrays in one file. */
export const toNpz = (run: Run): Uint8Array => zipSync(Object.fromEntries(toNpy(run)))
