import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSource } from '../../../../../../src/main/engine/data/import/open-source.ts'
import type { ImageSource } from '../../../../../../src/main/engine/data/import/source.ts'
import { idxBytes, temporaryFolder } from '../../../../../support/files.ts'

const fixtures = join(import.meta.dirname, '../../../../../fixtures/data')
const open = (...names: readonly string[]): Promise<ImageSource> =>
  openSource(
    names.map(name => join(fixtures, name)),
    new AbortController().signal,
  )

const labels = ({ entries }: ImageSource): string[] => entries.map(({ label }) => label)
const splits = ({ entries }: ImageSource): string[] => entries.map(({ split }) => split ?? 'none')

/** The pixels of fixtures/data/make.py: image i, (y, x, c) is i * 40 + y * 16 + x * 4 + c. */
async function expectImages(
  source: ImageSource,
  [height, width, channels]: readonly [number, number, 1 | 3],
  value: (byte: number) => number = byte => byte,
): Promise<void> {
  for (const [i, entry] of source.entries.entries()) {
    const pixels = Uint8Array.from({ length: height * width * channels }, (_, at) => {
      const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)]
      return value((i * 40 + y * 16 + x * 4 + (at % channels)) % 256)
    })
    expect(await entry.read()).toEqual({ kind: 'raw', height, width, channels, pixels })
  }
}

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, content)
  return path
}
const openPath = (...paths: readonly string[]): Promise<ImageSource> =>
  openSource(paths, new AbortController().signal)

describe('arrays that NumPy has written', () => {
  test("Keras's names, saved as they are: read from the file, with their split", async () => {
    const source = await open('keras.npz')
    expect(source).toMatchObject({ name: 'keras', format: 'NumPy arrays', skipped: [] })
    expect(labels(source)).toEqual(['0', '1', '2', '0', '1', '2'])
    expect(splits(source).toSorted()).toEqual(['test', 'test', 'train', 'train', 'train', 'train'])
    expect(source.entries.map(({ name }) => name)).toContain('x_train[3]')
  })

  test('floats from 0 to 1, compressed, and labels of 64 bits', async () => {
    const source = await open('unit.npz')
    expect(labels(source)).toEqual(['0', '1', '2', '0', '1', '2'])
    expect(splits(source)).toEqual(Array(6).fill('none'))
    await expectImages(source, [4, 3, 1])
  })

  test('colour in the order of Fortran, and labels that are words', async () => {
    const source = await open('fortran.npz')
    expect(labels(source)).toEqual(['cat', 'dog', 'Löwe', 'cat', 'dog', 'Löwe'])
    await expectImages(source, [4, 5, 3])
  })

  test('channels first, in floats of 64 bits with the large end first', async () => {
    const source = await open('channels-first.npz')
    expect(labels(source)).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
    await expectImages(source, [4, 5, 3])
  })

  test('black and white', async () => {
    await expectImages(await open('binary.npz'), [4, 3, 1], byte => (byte > 60 ? 255 : 0))
  })

  test('objects are refused, because they could run a program', async () => {
    await expect(open('objects.npz')).rejects.toThrow(/Python objects/)
  })
})

describe('IDX', () => {
  test('the four files of MNIST, plain and packed', async () => {
    const source = await open(
      't10k-labels-idx1-ubyte.gz',
      'train-images-idx3-ubyte',
      't10k-images-idx3-ubyte.gz',
      'train-labels-idx1-ubyte',
    )
    expect(source.format).toBe('IDX')
    const told = source.entries.map(({ name, label, split }) => `${name} ${label} ${split}`).toSorted()
    expect(told).toEqual([
      't10k-images-idx3-ubyte[0] 1 test',
      't10k-images-idx3-ubyte[1] 2 test',
      'train-images-idx3-ubyte[0] 0 train',
      'train-images-idx3-ubyte[1] 1 train',
      'train-images-idx3-ubyte[2] 2 train',
      'train-images-idx3-ubyte[3] 0 train',
    ])
  })

  test('a file of images by itself finds its labels beside it', async () => {
    const source = await open('train-images-idx3-ubyte')
    expect(labels(source)).toEqual(['0', '1', '2', '0'])
    await expectImages(source, [4, 3, 1])
  })

  test('a folder of them', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'mnist'))
    for (const name of ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte']) {
      await copyFile(join(fixtures, name), join(folder, 'mnist', name))
    }
    expect(labels(await openPath(folder))).toEqual(['0', '1', '2', '0'])
  })

  test.each([
    [
      'more images than it holds',
      idxBytes([400, 2, 2], new Uint8Array(16)),
      /its size is not what its header says/,
    ],
    ['4 billion images', idxBytes([0xffff_ffff, 2, 2], new Uint8Array(16)), /more than 1,000,000 images/],
    ['4 billion columns', idxBytes([4, 2, 0xffff_ffff], new Uint8Array(16)), /too large/],
    ['no image', idxBytes([0, 2, 2], new Uint8Array(0)), /holds no images/],
  ])('a header that promises %s is refused', async (_, bytes, fault) => {
    const images = await fileWith('images', bytes)
    const other = await fileWith('labels', idxBytes([4], Uint8Array.of(0, 1, 0, 1)))
    await expect(openPath(images, other)).rejects.toThrow(fault)
  })
})

describe('a CSV of pixels', () => {
  test('with the size in its header', async () => {
    const source = await open('pixels.csv')
    expect(source.format).toBe('CSV of pixels')
    expect(labels(source)).toEqual(['0', '1', '2', '0', '1', '2'])
    expect(source.entries[0]?.name).toBe('pixels.csv, line 2')
    await expectImages(source, [4, 4, 1])
  })

  const row = (label: string, value: string): string => [label, ...Array(16).fill(value)].join(',')

  test('names what it leaves out by its line', async () => {
    const text = [
      row('a', '5'),
      row('b', '9'),
      `${row('a', '5')},1`,
      row('a', 'nan'),
      row('b', '256'),
      '',
      row('b', '7'),
    ]
    const source = await openPath(await fileWith('train.csv', text.join('\r\n')))
    expect(source.entries.map(({ name, label }) => `${name} ${label}`)).toEqual([
      'train.csv, line 1 a',
      'train.csv, line 2 b',
      'train.csv, line 7 b',
    ])
    expect(source.skipped).toEqual([
      { name: 'train.csv, line 3', reason: 'it has 18 cells, the first row 17.' },
      { name: 'train.csv, line 4', reason: 'its pixel 1 is "nan", not from 0 to 255.' },
      { name: 'train.csv, line 5', reason: 'its pixel 1 is "256", not from 0 to 255.' },
    ])
  })

  test('of values from 0 to 1 is brought to bytes', async () => {
    const text = [row('a', '0'), row('b', '1'), row('a', '0.5')].join('\n')
    const source = await openPath(await fileWith('unit.csv', text))
    const pixels = await Promise.all(source.entries.map(entry => entry.read()))
    expect(pixels.map(picture => picture.kind === 'raw' && picture.pixels[3])).toEqual([0, 255, 128])
  })

  test('with a line of 100 MB is refused', async () => {
    const long = Buffer.alloc(100_000_000, '1,')
    await expect(
      openPath(await fileWith('long.csv', Buffer.concat([Buffer.from(`${row('a', '1')}\n`), long]))),
    ).rejects.toThrow(/line 2 is too long/)
  })
})

test('a damaged file of a pair is named with its fault', async () => {
  const images = await fileWith('images.gz', Buffer.from('1f8b0800000000000003ffff', 'hex'))
  const other = await fileWith('labels', idxBytes([4], Uint8Array.of(0, 1, 0, 1)))
  await expect(openPath(images, other)).rejects.toThrow(/images\.gz: .*it cannot be read/)
})
