import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { openSource } from '../../../../../../src/main/engine/data/import/open-source.ts'
import { idxBytes, temporaryFolder } from '../../../../../support/files.ts'
import { plainPng, writeTree } from '../../../../../support/pictures.ts'
import { zipBytes } from '../../../../../support/zip.ts'

/** The limits as they are would take files of gigabytes to reach: the same lines of code, held to smaller ones. */
vi.mock('../../../../../../src/main/engine/data/import/limits.ts', async original => {
  const { importLimits } =
    await original<typeof import('../../../../../../src/main/engine/data/import/limits.ts')>()
  return { importLimits: { ...importLimits, entries: 20, heldBytes: 5_000, zipBytes: 100_000 } }
})

const png = await plainPng(2, [1, 2, 3])
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i % 2}/${i}.png`)

async function refusal(
  files: Readonly<Record<string, string | Uint8Array>>,
  ...paths: string[]
): Promise<string> {
  const folder = await temporaryFolder()
  await writeTree(folder, files)
  const opened = openSource(
    paths.map(path => join(folder, path)),
    new AbortController().signal,
  )
  const error: unknown = await opened.catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'TwinlensError', kind: 'bad-file' })
  return (error as Error).message
}

test('a folder of more entries than the limit is refused', async () => {
  const files = Object.fromEntries(names(20).map(name => [`set/${name}`, png]))
  expect(await refusal(files, 'set')).toMatch(/holds more than 20 files and folders/)
})

test('a zip of more entries than the limit is refused', async () => {
  const entries = names(21).map(name => ({ name, content: png }))
  expect(await refusal({ 'some.zip': zipBytes(entries) }, 'some.zip')).toMatch(/more than 20 entries/)
})

test('a zip that unpacks to more than the limit is refused, by what it says of itself', async () => {
  const entries = names(2).map(name => ({ name, content: png, claimedSize: 60_000 }))
  expect(await refusal({ 'some.zip': zipBytes(entries) }, 'some.zip')).toMatch(/it would unpack to more/)
})

test('tables of more rows than the limit are refused', async () => {
  const labels = `file,label\n${names(21)
    .map(name => `${name},a\n`)
    .join('')}`
  const pixels = `${Array(17).fill('5').join(',')}\n`.repeat(21)
  expect(await refusal({ 'set/1.png': png, 'set/labels.csv': labels }, 'set')).toMatch(/more than 20 rows/)
  expect(await refusal({ 'pixels.csv': pixels }, 'pixels.csv')).toMatch(/more than 20 images/)
})

test('a packed file is unpacked no further than what it says it holds', async () => {
  const bomb = gzipSync(Buffer.concat([idxBytes([2, 2, 2], new Uint8Array(8)), Buffer.alloc(50_000_000)]))
  const labels = idxBytes([2], Uint8Array.of(0, 1))
  expect(await refusal({ images: bomb, labels }, 'images', 'labels')).toMatch(
    /too large|its size is not what/,
  )
})

test('images that would take more memory than the limit are refused before it is taken', async () => {
  const images = gzipSync(idxBytes([10, 24, 24], new Uint8Array(5760)))
  const labels = idxBytes(
    [10],
    Uint8Array.from({ length: 10 }, (_, i) => i % 2),
  )
  expect(await refusal({ images, labels }, 'images', 'labels')).toMatch(/its images take more than/)
})

test('plain files of any size are read from the disk a part at a time', async () => {
  const folder = await temporaryFolder()
  const pixels = Uint8Array.from({ length: 5760 }, (_, i) => i)
  await writeFile(join(folder, 'images'), idxBytes([10, 24, 24], pixels))
  await writeFile(
    join(folder, 'labels'),
    idxBytes(
      [10],
      Uint8Array.from({ length: 10 }, (_, i) => i % 2),
    ),
  )
  const source = await openSource(
    [join(folder, 'images'), join(folder, 'labels')],
    new AbortController().signal,
  )
  expect(await source.entries[9]?.read()).toMatchObject({ pixels: pixels.subarray(9 * 576) })
})
