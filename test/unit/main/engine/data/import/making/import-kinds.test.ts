import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataSet } from '../../../../../../../src/main/engine/data/data-set.ts'
import { importSource } from '../../../../../../../src/main/engine/data/import/making/import-source.ts'
import { openDataSet } from '../../../../../../../src/main/engine/data/open-data-set.ts'
import { toPng } from '../../../../../../../src/main/engine/pictures/png.ts'
import type { ImportOptions } from '../../../../../../../src/shared/contract/data.ts'
import { temporaryFolder } from '../../../../../../support/files.ts'
import { stripes } from '../../../../../../support/images.ts'
import { deepPng } from '../../../../../../support/png.ts'
import { zipBytes } from '../../../../../../support/zip.ts'

const side = 16
const size = side * side
const options: ImportOptions = {
  name: 'kinds',
  size: side,
  channels: 'grey',
  fit: 'pad',
  invert: 'no',
  split: 'given',
  keepTogether: false,
}
let home: string
let before: string | undefined

beforeAll(async () => {
  before = process.env['TWINLENS_DATA']
  home = await mkdtemp(join(tmpdir(), 'twinlens-kinds-'))
  process.env['TWINLENS_DATA'] = home
})
afterAll(async () => {
  if (before === undefined) delete process.env['TWINLENS_DATA']
  else process.env['TWINLENS_DATA'] = before
  await rm(home, { recursive: true })
})

async function imported(path: string, asked: Partial<ImportOptions> = {}): Promise<DataSet> {
  let id: string | null = null
  for await (const item of importSource([path], { ...options, ...asked }, new AbortController().signal))
    id = item.id
  return openDataSet({ kind: 'imported', id: id ?? 'none' })
}

/** Writes files by their path within a new folder. */
async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  return folder
}

/** Grey images of 16 x 16, a picture each, by where they go. */
async function pngs(paths: readonly string[], pixels: Uint8Array): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {}
  for (const [i, path] of paths.entries())
    files[path] = await toPng(pixels.slice(i * size, (i + 1) * size), {
      height: side,
      width: side,
      channels: 1,
    })
  return files
}

const [train, tested] = [stripes(6, 2, { side }), stripes(4, 2, { side, seed: 8 })]

describe('a split that is given', () => {
  test('by folders is kept, picture by picture', async () => {
    const place = (part: string) => (label: number, i: number) => `${part}/${'ab'[label]}/${i}.png`
    const folder = await folderOf({
      ...(await pngs(Array.from(train.labels, place('train')), train.pixels)),
      ...(await pngs(Array.from(tested.labels, place('test')), tested.pixels)),
    })
    const data = await imported(folder)
    expect(data.classes).toEqual(['a', 'b'])
    expect([data.train.count, data.test.count]).toEqual([6, 4])
    expect(images(data.train)).toEqual(images(train))
    expect(images(data.test)).toEqual(images(tested))
  })

  test('by the names of arrays is kept, and their pixels come through as they are', async () => {
    const npz = zipBytes([
      { name: 'x_train.npy', content: npy('|u1', [6, side, side], train.pixels) },
      { name: 'y_train.npy', content: npy('<u2', [6], bytesOf(train.labels)) },
      { name: 'x_test.npy', content: npy('|u1', [4, side, side], tested.pixels) },
      { name: 'y_test.npy', content: npy('<u2', [4], bytesOf(tested.labels)) },
    ])
    const folder = await folderOf({ 'own.npz': npz })
    const data = await imported(join(folder, 'own.npz'))
    expect(data.classes).toEqual(['0', '1'])
    expect(images(data.train)).toEqual(images(train))
    expect(images(data.test)).toEqual(images(tested))
  })

  test('is asked for and is not there', async () => {
    const paths = Array.from(train.labels, (label, i) => `${label}/${i}.png`)
    const folder = await folderOf(await pngs(paths, train.pixels))
    await expect(imported(folder)).rejects.toMatchObject({ kind: 'invalid-input' })
  })
})

describe('inverting by itself', () => {
  // Ink on paper: a dark square in the middle, of a darkness of its own, and a light border.
  const ink = (paper: number, darkest: number): Uint8Array =>
    Uint8Array.from({ length: 6 * size }, (_, at) => {
      const [x, y] = [at % side, Math.floor((at % size) / side)]
      const inside = x > 4 && x < 11 && y > 4 && y < 11
      return inside ? darkest + 10 * Math.floor(at / size) : paper
    })
  const paths = ['a/0.png', 'a/1.png', 'a/2.png', 'b/3.png', 'b/4.png', 'b/5.png']
  const asked = { invert: 'auto', split: { testShare: 0.34, seed: 0 } } as const
  const all = ({ train: some, test: others }: DataSet): string[] =>
    [...images(some), ...images(others)].toSorted()
  const of = (pixels: Uint8Array): string[] =>
    images({ ...train, pixels, labels: Uint16Array.of(0, 0, 0, 1, 1, 1) }).toSorted()

  test('ink on paper becomes light on dark', async () => {
    const pixels = ink(250, 20)
    const data = await imported(await folderOf(await pngs(paths, pixels)), asked)
    expect(data.framing).toEqual({ fit: 'pad', invert: true })
    expect(all(data)).toEqual(of(pixels.map(value => 255 - value)))
  })

  test('what is light on dark stays, and so does paper where it is not wanted', async () => {
    const light = ink(0, 180)
    expect(all(await imported(await folderOf(await pngs(paths, light)), asked))).toEqual(of(light))
    const paper = ink(250, 20)
    const kept = await imported(await folderOf(await pngs(paths, paper)), { ...asked, invert: 'no' })
    expect(all(kept)).toEqual(of(paper))
  })
})

test('pictures of 16 bits a value become the bytes that they are nearest to', async () => {
  const files: Record<string, Uint8Array> = {}
  for (let i = 0; i < train.count; i++) {
    const values = Array.from(train.pixels.subarray(i * size, (i + 1) * size), value => value * 257)
    files[`${i < 4 ? 'train' : 'test'}/${train.labels[i]}/${i}.png`] = deepPng(side, side, 1, values)
  }
  const data = await imported(await folderOf(files))
  expect([...images(data.train), ...images(data.test)].toSorted()).toEqual(images(train).toSorted())
})

/** Each image with its class, in an order of their own: a data set need not keep the source's. */
function images({ pixels, labels }: { pixels: Uint8Array; labels: Uint16Array }): string[] {
  return Array.from(
    labels,
    (label, i) => `${label}: ${Buffer.from(pixels.subarray(i * size, (i + 1) * size)).toString('base64')}`,
  ).toSorted()
}

const bytesOf = (values: Uint16Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** An array as NumPy's format, version 1, has it (numpy.lib.format). */
function npy(descr: string, shape: readonly number[], data: Uint8Array): Buffer {
  const fields = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = Buffer.from(`${fields.padEnd(117)}\n`)
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 0xff, header.length >> 8])
  return Buffer.concat([head, header, data])
}
