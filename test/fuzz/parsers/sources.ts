import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readIdx } from '../../../src/main/engine/data/idx.ts'
import { decodeImage } from '../../../src/main/engine/data/image-file.ts'
import { openSource } from '../../../src/main/engine/data/import/open-source.ts'
import { TwinlensError } from '../../../src/shared/errors.ts'
import { idxBytes } from '../../support/files.ts'
import { plainPng } from '../../support/pictures.ts'
import { zipBytes } from '../../support/zip.ts'
import type { FuzzedParser } from '../parser.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/data')
const fixture = (name: string): Promise<Buffer> => readFile(join(fixtures, name))

/** Entries that are read of each source, from its beginning and its end. */
const read = 4

/** Opens what was written as a person would have it opened, and reads some of it. */
async function openAndRead(...paths: readonly string[]): Promise<void> {
  const source = await openSource(paths, new AbortController().signal)
  for (const column of source.columns.values()) {
    if (column.length !== source.entries.length)
      throw new Error('a column is not as long as the entries are many')
  }
  for (const { name, reason } of source.skipped)
    if (name === '' || reason === '') throw new Error('skipped without a word')
  for (const entry of [...source.entries.slice(0, read), ...source.entries.slice(-read)]) {
    if (entry.label.trim() === '') throw new Error('a class without a name')
    try {
      const picture = await entry.read()
      if (picture.kind === 'encoded') await decodeImage(picture.bytes, entry.name)
      else if (picture.pixels.length !== picture.height * picture.width * picture.channels)
        throw new Error('pixels missing')
    } catch (error) {
      if (!(error instanceof TwinlensError)) throw error
    }
  }
  await source.close()
}

/** A parser of one file, which is opened by itself. */
const ofFile = (name: string, file: string, seeds: readonly Uint8Array[]): FuzzedParser => ({
  name,
  seeds,
  async parse(bytes, folder) {
    await writeFile(join(folder, file), bytes)
    await openAndRead(join(folder, file))
  },
})

export async function sourceParsers(): Promise<FuzzedParser[]> {
  const png = await plainPng(2, [9, 8, 7])
  const names = (await readdir(fixtures)).filter(name => name.endsWith('.npz'))
  const zip = zipBytes(['a/1.png', 'a/2.png', 'b/1.png', 'b/x/2.png'].map(name => ({ name, content: png })))
  const pixels = Uint8Array.from({ length: 48 }, (_, i) => i * 5)
  const idx = idxBytes([3, 4, 4], pixels)
  const table = Buffer.from(
    'file,label,split,"a, b"\n1.png,cat,train,3\n2.png,dog,test,""""\nx/3.png,cat,val,\n',
  )
  return [
    ofFile('NumPy archive', 'some.npz', await Promise.all(names.map(fixture))),
    ofFile('zip', 'some.zip', [zip, await fixture('zipped-idx.zip'), await fixture('zipped-npz.zip')]),
    ofFile('table of pixels', 'some.csv', [await fixture('pixels.csv')]),
    {
      name: 'NumPy array',
      seeds: [
        npy("'|u1', 'fortran_order': False, 'shape': (3, 4, 4)", pixels),
        npy(
          "'<f8', 'fortran_order': True, 'shape': (3, 1, 2)",
          new Uint8Array(Float64Array.of(0, 0.5, 1, 0.2, 0.3, 0).buffer),
        ),
      ],
      async parse(bytes, folder) {
        const labels = npy(
          "'<U1', 'fortran_order': False, 'shape': (3,)",
          Buffer.from('a\0\0\0b\0\0\0a\0\0\0'),
        )
        const entries = [
          { name: 'images.npy', content: bytes },
          { name: 'labels.npy', content: labels },
        ]
        await writeFile(join(folder, 'pair.npz'), zipBytes(entries))
        await openAndRead(join(folder, 'pair.npz'))
      },
    },
    {
      name: 'IDX',
      seeds: [idx, gzipSync(idx)],
      async parse(bytes, folder) {
        await writeFile(join(folder, 'images'), bytes)
        await writeFile(join(folder, 'labels'), idxBytes([3], Uint8Array.of(0, 1, 0)))
        await openAndRead(join(folder, 'images'), join(folder, 'labels'))
      },
    },
    {
      name: 'IDX of the digits',
      seeds: [idx, gzipSync(idx)],
      async parse(bytes, folder) {
        await writeFile(join(folder, 'images'), bytes)
        await readIdx(join(folder, 'images'), 2)
        await readIdx(join(folder, 'images'))
      },
    },
    {
      name: 'table of labels',
      seeds: [table, Buffer.from(table.toString().replaceAll(',', '\t'))],
      async parse(bytes, folder) {
        await mkdir(join(folder, 'set/x'), { recursive: true })
        for (const name of ['1.png', '2.png', 'x/3.png']) await writeFile(join(folder, 'set', name), png)
        await writeFile(join(folder, 'set/labels.csv'), bytes)
        await openAndRead(join(folder, 'set'))
      },
    },
  ]
}

/** An array's file, version 1.0. */
function npy(header: string, values: Uint8Array): Buffer {
  const text = `{'descr': ${header}, }`.padEnd(117)
  const head = Buffer.alloc(10)
  head.write('\x93NUMPY\x01\x00', 'latin1')
  head.writeUInt16LE(text.length + 1, 8)
  return Buffer.concat([head, Buffer.from(`${text}\n`), values])
}
