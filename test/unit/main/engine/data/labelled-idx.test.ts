import { describe, expect, test } from 'vitest'
import { openDataSet } from '../../../../../src/main/engine/data/open-data-set.ts'
import { temporaryFolder, writeIdxPair } from '../../../../support/files.ts'
import { stripes } from '../../../../support/images.ts'

describe('a data set of IDX files', () => {
  test('is cut into training and test images in the order of the file', async () => {
    const images = stripes(30, 3)
    const files = await writeIdxPair(await temporaryFolder(), images, images.labels, true)
    const data = await openDataSet({ kind: 'idx', ...files, trainCount: 20, testCount: 6 })
    expect([data.train.count, data.test.count]).toEqual([20, 6])
    expect(data.classes).toEqual(['0', '1', '2'])
    expect(data.test.labels).toEqual(images.labels.slice(20, 26))
    expect(data.test.pixels).toEqual(images.pixels.slice(20 * 64, 26 * 64))
  })

  test('is halved where no counts are given and it holds less than the recipe wants', async () => {
    const images = stripes(31, 3)
    const files = await writeIdxPair(await temporaryFolder(), images, images.labels)
    const data = await openDataSet({ kind: 'idx', ...files })
    expect([data.train.count, data.test.count]).toEqual([16, 15])
  })

  test('takes test files of their own', async () => {
    const [train, test] = [stripes(12, 3), stripes(9, 3, { seed: 8 })]
    const files = await writeIdxPair(await temporaryFolder(), train, train.labels)
    const others = await writeIdxPair(await temporaryFolder(), test, test.labels)
    const data = await openDataSet({
      kind: 'idx',
      ...files,
      testImages: others.images,
      testLabels: others.labels,
    })
    expect(data.train.pixels).toEqual(train.pixels)
    expect(data.test.pixels).toEqual(test.pixels)
  })

  test('is refused where images and labels differ in number', async () => {
    const images = stripes(12, 3)
    const files = await writeIdxPair(await temporaryFolder(), images, images.labels.subarray(0, 11))
    await expect(openDataSet({ kind: 'idx', ...files })).rejects.toThrow(/11 labels for the 12 images/)
  })

  test('is refused where the files are swapped', async () => {
    const images = stripes(12, 3)
    const files = await writeIdxPair(await temporaryFolder(), images, images.labels)
    const swapped = openDataSet({ kind: 'idx', images: files.labels, labels: files.images })
    await expect(swapped).rejects.toThrow(/images need 3/)
  })

  test('is refused where more is asked for than there is', async () => {
    const images = stripes(12, 3)
    const files = await writeIdxPair(await temporaryFolder(), images, images.labels)
    await expect(openDataSet({ kind: 'idx', ...files, trainCount: 13 })).rejects.toThrow(/holds 12 images/)
    await expect(openDataSet({ kind: 'idx', ...files, trainCount: 10, testCount: 3 })).rejects.toThrow(
      /leave 2/,
    )
  })
})
