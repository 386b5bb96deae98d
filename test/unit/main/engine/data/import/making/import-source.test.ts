import { spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fingerprint, imageAt } from '../../../../../../../src/main/engine/data/data-set.ts'
import { decodeImage } from '../../../../../../../src/main/engine/data/image-file.ts'
import { importSource } from '../../../../../../../src/main/engine/data/import/making/import-source.ts'
import { asOriginal } from '../../../../../../../src/main/engine/data/import/making/original.ts'
import { scan } from '../../../../../../../src/main/engine/data/import/making/scan.ts'
import {
  importedBefore,
  sourceKey,
} from '../../../../../../../src/main/engine/data/import/making/source-key.ts'
import { binDataSet } from '../../../../../../../src/main/engine/data/library/data-set-bin.ts'
import {
  libraryFolder,
  listDataSets,
  renameDataSet,
} from '../../../../../../../src/main/engine/data/library/data-set-library.ts'
import { openDataSet } from '../../../../../../../src/main/engine/data/open-data-set.ts'
import { toPng } from '../../../../../../../src/main/engine/pictures/png.ts'
import type {
  ImportOptions,
  ImportPreview,
  ImportReport,
} from '../../../../../../../src/shared/contract/data.ts'
import { colourFolder } from '../../../../../../support/picture-folder.ts'

const options: ImportOptions = {
  name: 'three colours',
  size: 16,
  channels: 'colour',
  fit: 'pad',
  invert: 'auto',
  split: { testShare: 0.25, seed: 1 },
  keepTogether: false,
}
const never = new AbortController().signal
let pictures: string
let home: string
let before: string | undefined

beforeAll(async () => {
  before = process.env['TWINLENS_DATA']
  home = await mkdtemp(join(tmpdir(), 'twinlens-library-'))
  process.env['TWINLENS_DATA'] = home
  pictures = await colourFolder(['2', '10', 'red one'], 8)
  await copyFile(join(pictures, '2', '0.png'), join(pictures, '2', 'again.png'))
  await writeFile(
    join(pictures, '10', 'broken.png'),
    (await readFile(join(pictures, '10', '0.png'))).subarray(0, 60),
  )
})

afterAll(async () => {
  if (before === undefined) delete process.env['TWINLENS_DATA']
  else process.env['TWINLENS_DATA'] = before
  await rm(home, { recursive: true })
  await rm(pictures, { recursive: true })
})

async function imported(asked: ImportOptions, signal = never): Promise<ImportReport> {
  let report: ImportReport | null = null
  for await (const progress of importSource([pictures], asked, signal)) report = progress.report
  if (report === null) throw new Error('The import ended without a report.')
  return report
}

describe('importSource', () => {
  test('makes a data set that opens as the images it was made of', async () => {
    const { dataSet, skipped, known } = await imported(options)
    expect(known).toBe(false)
    expect(dataSet).toMatchObject({ name: 'three colours', channels: 3, height: 16, width: 16 })
    expect(dataSet.classes).toEqual(['2', '10', 'red one'])
    expect([dataSet.trainCount, dataSet.testCount]).toEqual([19, 6])
    expect(skipped).toEqual([{ name: '10/broken.png', reason: expect.stringMatching(/damaged/) }])
    const data = await openDataSet({ kind: 'imported', id: dataSet.id })
    expect(fingerprint(data)).toBe(dataSet.id)
    expect(data.train.pixels).toHaveLength(19 * 16 * 16 * 3)
    // Class k is bright in channel k.
    for (const { count, pixels, labels } of [data.train, data.test]) {
      for (let i = 0; i < count; i++) {
        const sums = [0, 0, 0]
        for (let p = 0; p < 768; p++) sums[p % 3] = (sums[p % 3] as number) + (pixels[i * 768 + p] as number)
        expect(sums.indexOf(Math.max(...sums))).toBe(labels[i])
      }
    }
  })

  test('the same again is the same data set; another seed another one', async () => {
    const first = await imported(options)
    const second = await imported({ ...options, name: 'other' })
    expect([first.known, second.known]).toEqual([true, true])
    expect(second.dataSet).toMatchObject({ id: first.dataSet.id, name: 'other' })
    const other = await imported({ ...options, split: { testShare: 0.25, seed: 2 } })
    expect(other.dataSet.id).not.toBe(first.dataSet.id)
  })

  test('nearly the same pictures on both sides are pointed out, and kept together if that is asked for', async () => {
    let seen = 0
    for (let seed = 0; seed < 8 && seen === 0; seed++) {
      const split = { testShare: 0.4, seed }
      const { duplicates, duplicatePictures, dataSet } = await imported({ ...options, split })
      expect(duplicatePictures.pairs).toBe(duplicates.length)
      if (duplicates.length === 0) continue
      seen++
      expect(duplicates).toHaveLength(1)
      expect(Object.values(duplicates[0] as object).sort()).toEqual(['2/0.png', '2/again.png'])
      // One is a copy of the other, so that they are the same to the last pixel.
      const [one, other] = [0, 768].map(from => duplicatePictures.pixels.subarray(from, from + 768))
      expect(other).toEqual(one)
      const { train } = await openDataSet({ kind: 'imported', id: dataSet.id })
      const isThere = Array.from({ length: train.count }, (_, i) => imageAt(train, i)).some(
        image => Buffer.compare(image, one as Uint8Array) === 0,
      )
      expect(isThere).toBe(true)
      const together = await imported({ ...options, split, keepTogether: true })
      expect(together.dataSet.testCount).toBe(dataSet.testCount - 1)
    }
    expect(seen).toBe(1)
  })

  test('cancelled it leaves nothing', async () => {
    const names = await readdir(libraryFolder())
    const controller = new AbortController()
    const stream = importSource([pictures], { ...options, size: 17 }, controller.signal)
    for await (const { phase } of { [Symbol.asyncIterator]: () => stream }) {
      if (phase === 'reading') break
    }
    expect(await readdir(libraryFolder())).toEqual(names)
    const aborted = imported({ ...options, size: 18 }, AbortSignal.abort())
    await expect(aborted).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await readdir(libraryFolder())).toEqual(names)
  })

  test('what a killed import left is removed by the next, what a living one has is not', async () => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid
    const left = [
      `.import-${ended}-x`,
      `${'a'.repeat(64)}.tmp-${ended}`,
      `${'b'.repeat(64)}.removed-${ended}`,
    ]
    const living = `.import-${process.ppid}-x`
    for (const name of [...left, living]) await mkdir(join(libraryFolder(), name))
    await imported(options)
    const names = await readdir(libraryFolder())
    expect(names).toContain(living)
    for (const name of left) expect(names).not.toContain(name)
    await rm(join(libraryFolder(), living), { recursive: true })
  })

  test('an unchanged source is found again without reading it', async () => {
    const { dataSet } = await imported(options)
    expect(await importedBefore(await sourceKey([pictures], options, never))).toBe(dataSet.id)
    expect(await importedBefore(await sourceKey([pictures], { ...options, size: 99 }, never))).toBeUndefined()
  })
})

describe('the library', () => {
  test('lists, renames, names what is damaged, removes', async () => {
    const { dataSet } = await imported({ ...options, size: 24 })
    await renameDataSet(dataSet.id, 'mine')
    const find = async () => (await listDataSets()).find(({ id }) => id === dataSet.id)
    expect(await find()).toMatchObject({ dataSet: { name: 'mine', skipped: 1 }, fault: null })
    const path = join(libraryFolder(), dataSet.id, 'pixels.bin')
    const pixels = await readFile(path)
    pixels[100] = (pixels[100] as number) ^ 1
    await writeFile(path, pixels)
    const open = openDataSet({ kind: 'imported', id: dataSet.id })
    await expect(open).rejects.toMatchObject({ kind: 'bad-file', message: expect.stringMatching(/damaged/) })
    await writeFile(path, pixels.subarray(1))
    expect(await find()).toMatchObject({ fault: expect.stringMatching(/damaged/) })
    await binDataSet(dataSet.id)
    expect(await find()).toBeUndefined()
  })
})

describe('scan', () => {
  const preview = async (asked: ImportOptions | null): Promise<ImportPreview> => {
    let found: ImportPreview | null = null
    for await (const item of scan([pictures], asked, never)) found = item.preview
    return found as unknown as ImportPreview
  }

  test('shows each picture as it is beside what becomes of it', async () => {
    const { samples } = await preview({ ...options, channels: 'grey', invert: 'yes' })
    expect(samples.originals).toHaveLength(samples.names.length)
    for (const { width, height, pixels } of samples.originals) {
      expect([width, height, pixels.length]).toEqual([20, 20, 1200])
    }
    const first = samples.names.indexOf('2/0.png')
    const { pixels } = samples.originals[first] as { pixels: Uint8Array }
    const file = await decodeImage(await readFile(join(pictures, '2', '0.png')), '2/0.png')
    expect(pixels).toEqual(file.rgba.filter((_, i) => i % 4 < 3))
  })

  test('a picture that is wide keeps its shape where it is shown as it is, and is made small', async () => {
    const wide = { height: 60, width: 300, channels: 3 } as const
    const bytes = await toPng(new Uint8Array(60 * 300 * 3).fill(77), wide)
    const { width, height, pixels } = await asOriginal({ kind: 'encoded', bytes }, 'wide.png')
    expect([width, height]).toEqual([96, 19])
    expect(new Set(pixels)).toEqual(new Set([77]))
  })

  test('proposes options and tells what would be done', async () => {
    const told = await preview(null)
    expect(told.options).toMatchObject({ size: 20, channels: 'colour', split: { testShare: 0.2 } })
    expect(told.total).toBe(26)
    expect(told.classes.map(({ name }) => name)).toEqual(['2', '10', 'red one'])
    expect(told.sizes.median).toEqual({ width: 20, height: 20 })
    expect(told.samples.pixels).toHaveLength(9 * 20 * 20 * 3)
    expect(told.skipped.map(({ name }) => name)).toEqual(['10/broken.png'])
    expect(told.steps[1]).toBe('in colour')
    expect(told.warnings.join(' ')).toContain('26 images only')
  })

  test('shows what is asked for instead', async () => {
    const told = await preview({ ...options, channels: 'grey', size: 32 })
    expect(told.samples).toMatchObject({ height: 32, channels: 1 })
  })
})
