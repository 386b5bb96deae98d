import { crc32 } from 'node:zlib'
import { Transformer } from '@napi-rs/image'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { asCsv } from '../../../../../../src/renderer/explorer/selection/export/as-csv.ts'
import { asFolder } from '../../../../../../src/renderer/explorer/selection/export/as-folder.ts'
import { imagePng } from '../../../../../../src/renderer/explorer/selection/export/image-png.ts'
import { type ExportJob, folderName } from '../../../../../../src/renderer/explorer/selection/export/job.ts'
import { shownImages } from '../../../../../../src/renderer/explorer/splits/shown-images.ts'

const [height, width, count] = [5, 4, 700]
const classes = ['cat, "wild"', '=1+1', 'a/b', 'A\\b']
const pixelsOf = (index: number) =>
  Uint8Array.from({ length: height * width }, (_, i) => (index * 31 + i * 7) % 256)
const labels = Uint16Array.from({ length: count }, (_, i) => i % 4)

function job(indices: readonly number[], more: Partial<ExportJob> = {}): ExportJob {
  return {
    indices: Int32Array.from(indices),
    data: {
      id: 'cats',
      name: 'cats',
      classes,
      height,
      width,
      channels: 1,
      trainCount: 1,
      testCount: count,
      testLabels: labels,
      corrections: '',
      missing: null,
    },
    points: {
      training: 1,
      iteration: 1,
      oldestIteration: 1,
      size: 2,
      values: Float32Array.from({ length: count * 2 }, (_, i) => i / 3),
    },
    analysis: null,
    images: shownImages(labels),
    fetch: async (_, wanted) => ({
      indices: wanted,
      labels: Uint16Array.from(wanted, index => labels[index] as number),
      pixels: Uint8Array.from([...wanted].flatMap(index => [...pixelsOf(index)])),
    }),
    progress: () => {},
    signal: new AbortController().signal,
    ...more,
  }
}
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer())
/** Grey values of a PNG, by another decoder. */
const decode = async (png: Uint8Array) => {
  const rgba = await new Transformer(Buffer.from(png)).rawPixels()
  const channels = rgba.length / (height * width)
  return Array.from({ length: height * width }, (_, i) => rgba[i * channels])
}

describe('a table', () => {
  it('has a row an image, whose labels survive commas, quotes and spreadsheets', async () => {
    const rows = parse(await (await asCsv(job([1, 4, 699]))).text(), { columns: true }) as Record<
      string,
      string
    >[]
    expect(rows.map(row => [row['index'], row['class']])).toEqual([
      ['1', "'=1+1"],
      ['4', 'cat, "wild"'],
      ['699', 'A\\b'],
    ])
    expect(rows.map(row => Math.fround(Number(row['feature_2'])))).toEqual(
      [3, 9, 1399].map(i => Math.fround(i / 3)),
    )
    expect(rows[0]).not.toHaveProperty('predicted')
    expect(rows.map(row => row['split'])).toEqual(['test', 'test', 'test'])
  })

  it('says of which split an image is, and counts in its own', async () => {
    const images = shownImages(labels.slice(0, 690), Uint16Array.of(3, 0, 1, 2, 0, 0, 0, 0, 0, 0))
    const rows = parse(await (await asCsv(job([1, 690, 693], { images }))).text(), { columns: true })
    expect(rows).toMatchObject([
      { index: '1', split: 'test', class: "'=1+1" },
      { index: '0', split: 'train', class: 'A\\b' },
      { index: '3', split: 'train', class: 'a/b' },
    ])
  })

  it('says what the neighbours say where that is known', async () => {
    const analysis = {
      predicted: labels.map(label => (label === 0 ? 0xffff : 2)),
      confidence: new Float32Array(count).fill(0.5),
    } as unknown as ExportJob['analysis']
    const text = await (await asCsv(job([0, 1], { analysis }))).text()
    const rows = parse(text, { columns: true }) as Record<string, string>[]
    expect(rows.map(row => [row['predicted'], row['confidence']])).toEqual([
      ['', '0.5'],
      ['a/b', '0.5'],
    ])
  })
})

describe('a folder', () => {
  it('holds every image, pixel by pixel, in a folder of its class that leads nowhere else', async () => {
    const indices = Array.from({ length: 450 }, (_, i) => i + 3)
    const progress: number[] = []
    const files = unzipSync(
      await bytesOf(await asFolder(job(indices, { progress: share => progress.push(share) }))),
    )
    const folders = ['cat, _wild_', '=1+1', 'a_b', 'A_b_3']
    expect(Object.keys(files).sort()).toEqual(
      indices.map(index => `${folders[labels[index] as number]}/${index}.png`).sort(),
    )
    for (const index of [3, 99, 452]) {
      const png = files[`${folders[labels[index] as number]}/${index}.png`] as Uint8Array
      expect(await decode(png)).toEqual([...pixelsOf(index)])
    }
    expect(progress).toEqual([64, 128, 192, 256, 320, 384, 448, 450].map(done => done / 450))
  })

  it('stops when it is no longer wanted', async () => {
    const gone = new AbortController()
    const wanted = job(
      Array.from({ length: 600 }, (_, i) => i),
      { signal: gone.signal, progress: () => gone.abort() },
    )
    await expect(asFolder(wanted)).rejects.toThrow(/abort/i)
  })
})

it('writes PNG chunks whose checks are right by another reckoning', () => {
  const png = Buffer.from(imagePng(pixelsOf(3), { height, width }))
  let at = 8
  const types: string[] = []
  while (at < png.length) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    types.push(body.subarray(0, 4).toString())
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    at += 12 + length
  }
  expect(types).toEqual(['IHDR', 'IDAT', 'IEND'])
})

it.each([
  [7, 3, 'a colour'],
  [16, 128, 'a tall colour'],
])('writes %i x %i px of %s image pixel by pixel', async (width, height) => {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 31) % 256)
  const file = Buffer.from(imagePng(pixels, { height, width }))
  expect(file[25]).toBe(2)
  expect([...(await new Transformer(file).rawPixels())]).toEqual([...pixels])
})

it('makes names of folders from any label', () => {
  expect(['..', 'a/../b', 'con:x', ' . ', '\u0000', 'Ärzte 7'].map(folderName)).toEqual([
    '_',
    'a_.._b',
    'con_x',
    '_',
    '_',
    'Ärzte 7',
  ])
})
