import { describe, expect, it } from 'vitest'
import { TestImages } from '../../../../src/renderer/search/test-images.ts'

/** Images of two pixels, both the image's index. */
function newImages(capacity?: number) {
  const asked: number[][] = []
  const fetch = async (indices: Int32Array) => {
    asked.push([...indices])
    if (indices.includes(99)) throw new Error('no such image')
    const pixels = Uint8Array.from([...indices].flatMap(index => [index, index]))
    return { indices, pixels, labels: new Uint16Array(indices.length) }
  }
  return { asked, images: new TestImages(fetch, capacity) }
}

describe('test images', () => {
  it('wished for at once come with one call, each its own', async () => {
    const { asked, images } = newImages()
    const got = await Promise.all([5, 3, 8].map(index => images.get(index)))
    expect(got.map(pixels => [...pixels])).toEqual([
      [5, 5],
      [3, 3],
      [8, 8],
    ])
    expect(asked).toEqual([[5, 3, 8]])
  })

  it('are fetched once', async () => {
    const { asked, images } = newImages()
    await Promise.all([images.get(5), images.get(5)])
    await images.get(5)
    expect(asked).toEqual([[5]])
  })

  it('last used are kept, the others go', async () => {
    const { asked, images } = newImages(2)
    await images.get(1)
    await images.get(2)
    await images.get(1)
    await images.get(3)
    await images.get(1)
    expect(asked).toEqual([[1], [2], [3]])
    await images.get(2)
    expect(asked).toEqual([[1], [2], [3], [2]])
  })

  it('that failed are asked for again', async () => {
    const { asked, images } = newImages()
    await expect(images.get(99)).rejects.toThrow('no such image')
    await expect(images.get(99)).rejects.toThrow('no such image')
    expect(asked).toEqual([[99], [99]])
  })
})
