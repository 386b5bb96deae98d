import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twinlens } from '../support/cli.ts'
import { idxBytes, writeIdxPair } from '../support/files.ts'
import { stripes } from '../support/images.ts'
import { emptyPng } from '../support/png.ts'

const tiny = ['--iterations', '2', '--hidden-sizes', '8', '--backend', 'wasm']
let folder: string
let run: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-misuse-'))
  run = join(folder, 'good-run')
  const made = await twinlens(['train', ...tiny, '--train-count', '50', '--test-count', '20', '--out', run])
  expect(made.code).toBe(0)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The command must fail with this code, tell this on stderr without a stack, and write nothing. */
async function expectRefusal(args: string[], code: 1 | 2, ...says: (string | RegExp)[]): Promise<void> {
  const before = (await readdir(folder)).sort()
  const result = await twinlens(args)
  for (const sentence of says) expect(result.stderr).toMatch(sentence)
  expect(result.stderr).not.toMatch(/\n +at /)
  expect(result.code).toBe(code)
  expect((await readdir(folder)).sort()).toEqual(before)
}

const outFlags = (): string[] => ['--out', join(folder, 'never')]

describe('hyperparameters and flags', () => {
  test.each([
    [['--margin', '0'], /Margin must be a number above 0/],
    [['--margin', 'NaN'], /"NaN" is not a number/],
    [['--margin', 'wide'], /"wide" is not a number/],
    [['--batch-size', '0'], /Batch size must be a whole number from 1/],
    [['--learning-rate', '-1'], /Learning rate must be a number above 0/],
    [['--hidden-sizes', '10,x'], /"x" is not a number/],
    [['--surprise', '1'], /unknown option '--surprise'/],
    [['--backend', 'gpu'], /Allowed choices are cuda, webgpu, native, wasm, cpu/],
    [['--train-count', '70000'], /training count must be a whole number from 1 up to 60000/],
    [['--labels', 'x'], /bring their own labels/],
  ])('%j is misuse', async (flags, says) => {
    await expectRefusal(['train', ...flags, ...outFlags()], 2, says)
  })

  test('an unknown command is misuse', () => expectRefusal(['trian'], 2, /unknown command 'trian'/))

  test('an --out that exists is misuse, and is left as it is', async () => {
    const kept = await readFile(join(run, 'config.json'), 'utf8')
    await expectRefusal(['train', ...tiny, '--out', run], 2, run, /exists already/)
    expect(await readFile(join(run, 'config.json'), 'utf8')).toBe(kept)
  })
})

describe('files of images and labels', () => {
  async function pair(name: string, labels: number[], change?: (bytes: Buffer) => Buffer): Promise<string[]> {
    const place = join(folder, name)
    await mkdir(place)
    const files = await writeIdxPair(place, stripes(labels.length, 2), labels)
    if (change !== undefined) await writeFile(files.images, change(await readFile(files.images)))
    return ['train', ...tiny, '--data', files.images, '--labels', files.labels, ...outFlags()]
  }
  const balanced = Array.from({ length: 40 }, (_, i) => i % 2)

  test('a truncated IDX', async () => {
    const args = await pair('truncated', balanced, bytes => bytes.subarray(0, 900))
    await expectRefusal(args, 1, /truncated.images\.idx: it is truncated/)
  })

  test('a wrong magic number', async () => {
    const args = await pair('magic', balanced, bytes => Buffer.concat([Buffer.from('PK'), bytes.subarray(2)]))
    await expectRefusal(args, 1, /magic.images\.idx: it is not an IDX file/)
  })

  test('counts that differ between images and labels', async () => {
    const args = await pair('counts', balanced)
    await writeFile(join(folder, 'counts', 'labels.idx'), idxBytes([39], new Uint8Array(39)))
    await expectRefusal(args, 1, /labels\.idx: it holds 39 labels for the 40 images/)
  })

  test('one class only', async () => {
    await expectRefusal(
      await pair('one-class', new Array(40).fill(1)),
      2,
      /Every training image is of class "1"/,
    )
  })

  test('a class of one image', async () => {
    const labels = balanced.map((label, i) => (i === 0 ? 2 : label))
    await expectRefusal(await pair('lonely', labels), 2, /Class "2" has only one training image/)
  })

  test('a file that is not there', async () => {
    const args = ['train', ...tiny, '--data', join(folder, 'no.idx'), '--labels', join(folder, 'no.idx')]
    await expectRefusal([...args, ...outFlags()], 1, /no\.idx: there is no such file/)
  })
})

describe('runs', () => {
  test('a run with a cut weights file is refused by every command, naming the file', async () => {
    const cut = join(folder, 'cut-run')
    await cp(run, cut, { recursive: true })
    await truncate(join(cut, 'weights.safetensors'), 1000)
    const says = /cut-run.weights\.safetensors: it is damaged: \d+ bytes were saved, 1000 are there/
    await expectRefusal(['search', cut, '--index', '1'], 1, says)
    await expectRefusal(['embed', cut, '--out', join(folder, 'never.csv')], 1, says)
  })

  test('a folder that is no run', () =>
    expectRefusal(['search', tmpdir(), '--index', '1'], 1, /it is not a run/))

  test('an index that is not there', () =>
    expectRefusal(['search', run, '--index', '20'], 2, /numbered from 0 to 19/))

  test('no query, or two', async () => {
    await expectRefusal(['search', run], 2, /one of --index and --image/)
    await expectRefusal(['search', run, '--index', '1', '--image', 'x.png'], 2, /one of --index and --image/)
  })

  test('an --out that is neither CSV nor TSV', () =>
    expectRefusal(['embed', run, '--out', join(folder, 'never.xls')], 2, /ends in \.csv or \.tsv/))
})

describe('pictures', () => {
  test('a text file', async () => {
    const path = join(folder, 'words.png')
    await writeFile(path, 'these are words and not a picture')
    await expectRefusal(['search', run, '--image', path], 1, /words\.png: it is not a picture/)
  })

  test('a PNG of 20,000 x 20,000 pixels', async () => {
    const path = join(folder, 'huge.png')
    await writeFile(path, emptyPng(20_000, 20_000))
    await expectRefusal(['search', run, '--image', path], 1, /huge\.png: it is 20000 x 20000 pixels; at most/)
  })

  test('a PNG cut short', async () => {
    const path = join(folder, 'cut.png')
    await copyFile(join(import.meta.dirname, '../fixtures/seven-on-paper.png'), path)
    await truncate(path, 400)
    await expectRefusal(['search', run, '--image', path], 1, /cut\.png: it is damaged/)
  })
})
