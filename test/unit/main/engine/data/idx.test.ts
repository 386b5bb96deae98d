import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readIdx } from '../../../../../src/main/engine/data/idx.ts'
import { TwinlensError } from '../../../../../src/shared/errors.ts'
import { idxBytes, temporaryFolder } from '../../../../support/files.ts'

async function fileWith(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'some.idx')
  await writeFile(path, bytes)
  return path
}

const data = Uint8Array.from({ length: 24 }, (_, i) => i * 10)
const good = idxBytes([4, 2, 3], data)

describe('readIdx', () => {
  test.each([
    ['plain', good],
    ['gzip', gzipSync(good)],
  ])('reads a %s file', async (_, bytes) => {
    const array = await readIdx(await fileWith(bytes))
    expect(array.dimensions).toEqual([4, 2, 3])
    expect(array.data).toEqual(data)
  })

  test.each([
    ['plain', good],
    ['gzip', gzipSync(good)],
  ])('reads only the first entries of a %s file', async (_, bytes) => {
    const array = await readIdx(await fileWith(bytes), 3)
    expect(array.dimensions).toEqual([3, 2, 3])
    expect(array.data).toEqual(data.subarray(0, 18))
  })

  const wrong = Buffer.from(good)
  wrong[0] = 1
  test.each([
    ['a truncated file', good.subarray(0, 30), /truncated/],
    ['a truncated gzip file', gzipSync(good).subarray(0, 30), /cannot be read|truncated/],
    [
      'a gzip file of truncated content',
      gzipSync(good.subarray(0, 30)),
      /promises 24 bytes of data, 14 are there/,
    ],
    ['a wrong magic number', wrong, /not an IDX file/],
    ['an empty file', new Uint8Array(0), /too short/],
    ['a header cut short', good.subarray(0, 9), /too short/],
    ['32-bit floats', idxBytes([1], new Uint8Array(4), 0x0d), /32-bit floats/],
    ['more data than promised', Buffer.concat([good, Buffer.from([1])]), /more data/],
    ['a promise of 4 GB in a small file', idxBytes([0xffff_ffff, 1, 1], data), /truncated/],
    ['text', Buffer.from('label,pixel1,pixel2\n1,2,3\n'), /not an IDX file/],
  ])('refuses %s with a message that names the file', async (_, bytes, fault) => {
    const path = await fileWith(bytes)
    const error: unknown = await readIdx(path).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TwinlensError)
    expect((error as TwinlensError).kind).toBe('bad-file')
    expect((error as TwinlensError).message).toContain(path)
    expect((error as TwinlensError).message).toMatch(fault)
  })

  test('a missing file and a folder are refused in words', async () => {
    const folder = await temporaryFolder()
    await expect(readIdx(join(folder, 'nothing'))).rejects.toThrow(/no such file/)
    await expect(readIdx(folder)).rejects.toThrow(/folder/)
  })

  test('whatever the bytes, there is an array as promised or a message', async () => {
    const path = join(await temporaryFolder(), 'mutated.idx')
    const mutated = fc
      .tuple(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length))
      .map(([at, value, end]) => {
        const bytes = Buffer.from(good)
        bytes[at] = value
        return bytes.subarray(0, end)
      })
    await fc.assert(
      fc.asyncProperty(mutated, async bytes => {
        await writeFile(path, bytes)
        try {
          const array = await readIdx(path)
          expect(array.data).toHaveLength(array.dimensions.reduce((product, n) => product * n, 1))
        } catch (error) {
          expect(error).toBeInstanceOf(TwinlensError)
        }
      }),
      { numRuns: 300 },
    )
  })
})
