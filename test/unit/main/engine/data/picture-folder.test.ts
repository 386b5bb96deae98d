import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listPictures, readPictures } from '../../../../../src/main/engine/data/picture-folder.ts'
import { toPng } from '../../../../../src/main/engine/pictures/png.ts'
import { noClass } from '../../../../../src/shared/contract.ts'
import { temporaryFolder } from '../../../../support/files.ts'
import { emptyPng } from '../../../../support/png.ts'

const digit = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 > 10 && i % 28 < 16 ? 255 : 0))

async function mixed(): Promise<string> {
  const folder = await temporaryFolder()
  for (const inner of ['seven', '.hidden', join('more', 'seven')]) {
    await mkdir(join(folder, inner), { recursive: true })
  }
  const png = await toPng(digit, { height: 28, width: 28, channels: 1 })
  for (const name of [
    'b.png',
    join('seven', 'a.PNG'),
    join('.hidden', 'c.png'),
    join('more', 'seven', 'd.png'),
  ]) {
    await writeFile(join(folder, name), png)
  }
  await writeFile(join(folder, 'blank.png'), emptyPng(40, 40))
  await writeFile(join(folder, 'words.jpg'), 'words')
  await writeFile(join(folder, 'read me.txt'), 'no picture')
  return folder
}

const shape = { height: 28, width: 28, channels: 1 as const, classes: ['six', 'seven'] }

describe('a folder of pictures', () => {
  test('is listed with the folders in it, without what is hidden or no picture', async () => {
    expect(await listPictures(await mixed())).toEqual([
      'b.png',
      'blank.png',
      join('more', 'seven', 'd.png'),
      join('seven', 'a.PNG'),
      'words.jpg',
    ])
  })

  test('is read one by one: what cannot be used is named with its reason, classes come from folders', async () => {
    const folder = await mixed()
    const { images, pictures, refused } = await readPictures(folder, await listPictures(folder), shape)
    expect(pictures.map(({ name }) => name)).toEqual([
      'b.png',
      join('more', 'seven', 'd.png'),
      join('seven', 'a.PNG'),
    ])
    expect([...images.labels]).toEqual([noClass, 1, 1])
    expect(images.count).toBe(3)
    expect([...images.pixels.subarray(784, 2 * 784)]).toEqual([...digit])
    expect(pictures[0]).toMatchObject({ width: 28, height: 28, steps: ['grey', 'taken as it is'] })
    expect(refused.map(({ name }) => name)).toEqual(['blank.png', 'words.jpg'])
    expect(refused[0]?.error.message).toMatch(/blank\.png: The picture is blank/)
    expect(refused[1]?.error.message).toMatch(/words\.jpg: it is not a picture/)
  })

  test('that is not there, is a file, or is empty is refused', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    await expect(listPictures(join(folder, 'none'))).rejects.toThrow(/none: there is no such folder/)
    await expect(listPictures(join(folder, 'file'))).rejects.toThrow(/cannot be read as a folder/)
    await expect(listPictures(folder)).rejects.toThrow(/no picture in it/)
  })
})
