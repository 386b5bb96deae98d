import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSource } from '../../../../../../src/main/engine/data/import/open-source.ts'
import type { ImageSource } from '../../../../../../src/main/engine/data/import/source.ts'
import { temporaryFolder } from '../../../../../support/files.ts'
import { plainPng } from '../../../../../support/pictures.ts'
import { type ZipEntry, zipBytes } from '../../../../../support/zip.ts'

const png = await plainPng(2, [1, 2, 3])
const fixtures = join(import.meta.dirname, '../../../../../fixtures/data')
const never = new AbortController().signal

async function open(bytes: Uint8Array): Promise<ImageSource> {
  const path = join(await temporaryFolder(), 'set.zip')
  await writeFile(path, bytes)
  return openSource([path], never)
}
const picture = (name: string, more: Partial<ZipEntry> = {}): ZipEntry => ({ name, content: png, ...more })
const good = [picture('set/cat/1.png'), picture('set/dog/1.png')]
const told = ({ entries }: ImageSource): string[] => entries.map(({ name, label }) => `${name} ${label}`)

describe('a zip', () => {
  test('of folders is read as they would be, without unpacking', async () => {
    const source = await open(zipBytes(good))
    expect(source).toMatchObject({ name: 'set', format: 'a folder per class' })
    expect(told(source)).toEqual(['set/cat/1.png cat', 'set/dog/1.png dog'])
    expect(await source.entries[1]?.read()).toEqual({ kind: 'encoded', bytes: png })
  })

  test.each([
    ['zipped-idx.zip', 'IDX', 6],
    ['zipped-csv.zip', 'CSV of pixels', 6],
    ['zipped-npz.zip', 'NumPy arrays', 6],
  ])('%s, which Python has written, is read', async (name, format, count) => {
    const source = await openSource([join(fixtures, name)], never)
    expect(source.format).toBe(format)
    expect(source.entries).toHaveLength(count)
    for (const entry of source.entries) expect(await entry.read()).toMatchObject({ kind: 'raw', height: 4 })
  })

  test.each([
    ['set/../../etc/1.png', 'its name leads out of the zip.'],
    ['/etc/1.png', 'its name leads out of the zip.'],
    ['C:\\windows\\1.png', 'its name leads out of the zip.'],
    ['set\\..\\..\\1.png', 'its name leads out of the zip.'],
    ['set/cat/\u001b[2J.png', 'its name holds control characters.'],
    ['__MACOSX/set/1.png', 'it is hidden, or made by the system.'],
  ])('leaves out %j', async (name, reason) => {
    const source = await open(zipBytes([...good, picture(name)]))
    expect(told(source)).toHaveLength(2)
    expect(source.skipped).toEqual([
      { name: name.replaceAll('\\', '/').replace('\u001b', '\\u{1b}'), reason },
    ])
  })

  test.each([
    ['a link', picture('set/cat/link.png', { mode: 0o120777 }), /symbolic link/],
    ['an encrypted entry', picture('set/cat/2.png', { flags: 1 }), /encrypted/],
    ['a second entry of a name', picture('set/cat/1.png'), /same name/],
  ])('leaves out %s', async (_, entry, reason) => {
    const source = await open(zipBytes([...good, entry]))
    expect(told(source)).toHaveLength(2)
    expect(source.skipped[0]?.reason).toMatch(reason)
  })

  test('with the backslashes of some archivers is read', async () => {
    const source = await open(zipBytes([picture('cat\\1.png'), picture('dog\\1.png')]))
    expect(told(source)).toEqual(['cat/1.png cat', 'dog/1.png dog'])
  })

  test('within a zip is not opened', async () => {
    await expect(open(zipBytes([{ name: 'inner.zip', content: zipBytes(good) }]))).rejects.toThrow(
      /Zips are not opened within others/,
    )
  })

  test('that is a bomb is refused, whether it tells of its size or not', async () => {
    const zeros = new Uint8Array(60_000_000)
    await expect(open(zipBytes([{ name: 'a/1.png', content: zeros }]))).rejects.toThrow(/bomb/)
    const liar = await open(zipBytes([...good, { name: 'set/dog/2.png', content: zeros, claimedSize: 1000 }]))
    await expect(liar.entries[2]?.read()).rejects.toThrow(/2\.png: it is damaged/)
  })

  test('whose end claims more entries than it has, or that is cut short, is refused', async () => {
    await expect(open(zipBytes(good, 60_000))).rejects.toMatchObject({ kind: 'bad-file' })
    await expect(open(zipBytes(good).subarray(0, 300))).rejects.toMatchObject({ kind: 'bad-file' })
  })
})
