import { copyFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imageAt } from '../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../src/main/engine/data/digits.ts'
import { toPng } from '../../src/main/engine/pictures/png.ts'
import { openRun, type Run } from '../../src/main/engine/runs/run-folder.ts'
import { twinlens } from '../support/cli.ts'
import { emptyPng } from '../support/png.ts'

const size = ['--iterations', '60', '--train-count', '200', '--test-count', '100', '--hidden-sizes', '32']
const wasm = ['--backend', 'wasm']

let folder: string
let runFolder: string
let run: Run
/** Test images 0 to 5 as pictures; two of them in a folder named like their class. */
let pictures: string
const names = ['0.png', '1.png', '2.png', '3.png', join('4', '4.png'), join('4', '5.png')]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-search-'))
  runFolder = join(folder, 'run')
  pictures = join(folder, 'pictures')
  const short = [...size, ...wasm, '--margin', '1', '--learning-rate', '3e-3']
  expect((await twinlens(['train', ...short, '--out', runFolder])).code).toBe(0)
  run = await openRun(runFolder)
  await mkdir(join(pictures, '4'), { recursive: true })
  const { test: images } = await loadDigits(200, 100)
  for (const [index, name] of names.entries()) {
    await writeFile(
      join(pictures, name),
      await toPng(imageAt(images, index), { height: 28, width: 28, channels: 1 }),
    )
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Distances from a test image to the points of a gallery, nearest first, by looking at each. */
function brute(query: number, parts: readonly ('test' | 'train')[], classes?: readonly number[]) {
  const at = (origin: 'test' | 'train', i: number, d: number): number =>
    run[origin].embedding.values[2 * i + d] as number
  const all = parts.flatMap(gallery =>
    Array.from(run[gallery].labels, (label, index) => ({
      gallery,
      index,
      label,
      distance: Math.hypot(
        at(gallery, index, 0) - at('test', query, 0),
        at(gallery, index, 1) - at('test', query, 1),
      ),
    })),
  )
  const wanted = all.filter(({ label }) => classes === undefined || classes.includes(label))
  return wanted.sort((a, b) => a.distance - b.distance)
}

type Row = Record<string, string>
const readRows = async (file: string): Promise<Row[]> =>
  parse<Row>(await readFile(file, 'utf8'), { columns: true })

describe('twinlens search --queries', () => {
  test('writes the neighbours of every picture, equal to a brute-force search, with falling probabilities', async () => {
    const csv = join(folder, 'found.csv')
    const args = ['--queries', pictures, '--csv', csv, '--count', '20', '--gallery', 'both', ...wasm]
    const { code, stdout } = await twinlens(['search', runFolder, ...args])
    expect(stdout).toContain('6 of 6 pictures searched for, 120 neighbours written')
    expect(code).toBe(0)
    const rows = await readRows(csv)
    expect(Object.keys(rows[0] as Row)).toEqual([
      'query',
      'rank',
      'gallery',
      'index',
      'class',
      'distance',
      'probability',
      'picture',
    ])
    for (const [query, name] of names.entries()) {
      const mine = rows.filter(row => row['query'] === name)
      const expected = brute(query, ['test', 'train']).slice(0, 20)
      expect(mine.map(({ rank }) => Number(rank))).toEqual(expected.map((_, i) => i + 1))
      mine.forEach((row, i) => {
        expect(Number(row['distance'])).toBeCloseTo(expected[i]?.distance as number, 4)
        const part = run[row['gallery'] as 'test' | 'train']
        expect(row['class']).toBe(String(part.labels[Number(row['index'])]))
      })
      const probabilities = mine.map(({ probability }) => Number(probability))
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a))
    }
  })

  test('finds only the classes asked for', async () => {
    const csv = join(folder, 'classes.csv')
    const args = [
      '--queries',
      pictures,
      '--csv',
      csv,
      '--class',
      '3',
      '--class',
      '8',
      '--count',
      '4',
      ...wasm,
    ]
    expect((await twinlens(['search', runFolder, ...args])).code).toBe(0)
    const rows = await readRows(csv)
    expect(rows).toHaveLength(24)
    const mine = rows.filter(row => row['query'] === '2.png')
    const expected = brute(2, ['test'], [3, 8]).slice(0, 4)
    expect(mine.map(row => row['index'])).toEqual(expected.map(({ index }) => String(index)))
    await expect(twinlens(['search', runFolder, '--index', '1', '--class', 'ten'])).resolves.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no class "ten"'),
    })
  })

  test('searches in a folder of pictures: each finds itself first, classes come from folder names', async () => {
    const csv = join(folder, 'pictures.csv')
    const args = ['--queries', pictures, '--csv', csv, '--gallery', pictures, '--count', '3', ...wasm]
    expect((await twinlens(['search', runFolder, ...args])).code).toBe(0)
    const rows = await readRows(csv)
    for (const name of names) {
      const first = rows.find(row => row['query'] === name && row['rank'] === '1')
      expect(first).toMatchObject({
        picture: name,
        gallery: 'pictures',
        class: name.startsWith('4') ? '4' : '',
      })
      expect(Number(first?.['distance'])).toBe(0)
    }
  })

  test('bad pictures are told of with their reasons, the others are searched for, and the exit code says so', async () => {
    const mixed = join(folder, 'mixed')
    await mkdir(mixed)
    await copyFile(join(pictures, '0.png'), join(mixed, 'good.png'))
    await writeFile(join(mixed, 'huge.png'), emptyPng(20_000, 20_000))
    await writeFile(join(mixed, 'words.jpg'), 'these are words')
    await copyFile(join(import.meta.dirname, '../fixtures/seven-on-paper.png'), join(mixed, 'cut.png'))
    await truncate(join(mixed, 'cut.png'), 400)
    await writeFile(join(mixed, 'blank.png'), emptyPng(50, 50))
    const csv = join(folder, 'mixed.csv')
    const { code, stderr } = await twinlens(['search', runFolder, '--queries', mixed, '--csv', csv, ...wasm])
    expect(code).toBe(1)
    expect(stderr).toMatch(/huge\.png: it is 20000 x 20000 pixels; at most 64 megapixels/)
    expect(stderr).toMatch(/words\.jpg: it is not a picture/)
    expect(stderr).toMatch(/cut\.png: it is damaged/)
    expect(stderr).toMatch(/blank\.png: The picture is blank/)
    expect(new Set((await readRows(csv)).map(row => row['query']))).toEqual(new Set(['good.png']))
  })

  test('a folder that is not there, and --queries without --csv, are refused', async () => {
    const csv = join(folder, 'never.csv')
    const none = await twinlens([
      'search',
      runFolder,
      '--queries',
      join(folder, 'none'),
      '--csv',
      csv,
      ...wasm,
    ])
    expect([none.code, none.stderr]).toEqual([1, expect.stringMatching(/none: there is no such folder/)])
    const half = await twinlens(['search', runFolder, '--queries', pictures])
    expect([half.code, half.stderr]).toEqual([2, expect.stringContaining('--queries and --csv go together')])
  })
})

describe('twinlens verify', () => {
  const verify = (...args: string[]) => twinlens(['verify', runFolder, ...args, ...wasm])

  test('two pictures: their distance, a verdict at the run’s threshold, and how often that errs', async () => {
    const [a, b] = [join(pictures, '0.png'), join(pictures, '1.png')]
    const told = await verify(a, b, '--json')
    const { threshold, falseAccept, falseReject, pairs } = JSON.parse(told.stdout)
    const { eer, eerThreshold } = run.config.quality
    expect(threshold).toBe(eerThreshold)
    expect(falseAccept).toBeCloseTo(eer as number, 2)
    expect(falseReject).toBeCloseTo(eer as number, 2)
    const distance = brute(0, ['test']).find(({ index }) => index === 1)?.distance as number
    expect(pairs).toHaveLength(1)
    expect(pairs[0].distance).toBeCloseTo(distance, 4)
    expect(pairs[0].similar).toBe(distance <= threshold)
    const { stdout, code } = await verify(a, b, '--threshold', '1000')
    expect(code).toBe(0)
    expect(stdout).toMatch(/0\.png +1\.png +\d\.\d+ +alike/)
    expect(stdout).toContain('100.0% of')
  })

  test('two folders: all pairs or the best of each, written whole', async () => {
    const csv = join(folder, 'pairs.csv')
    expect((await verify(pictures, join(pictures, '4'), '--pairs', 'all', '--csv', csv)).code).toBe(0)
    const all = await readRows(csv)
    expect(all).toHaveLength(12)
    const best = await verify(pictures, join(pictures, '4'), '--json')
    for (const { first, distance } of JSON.parse(best.stdout).pairs) {
      const mine = all.filter(row => row['first'] === first).map(row => Number(row['distance']))
      expect(distance).toBe(Math.min(...mine))
    }
  })

  test('a picture that is not there is refused', async () => {
    const { code, stderr } = await verify(join(folder, 'no.png'), pictures)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/no\.png: there is no such file or folder/)])
  })
})
