import { describe, expect, test } from 'vitest'
import { toPng } from '../../../../../src/main/engine/pictures/png.ts'
import { PictureGalleries } from '../../../../../src/main/engine/service/picture-galleries.ts'
import { galleryLimits, noClass } from '../../../../../src/shared/contract.ts'
import { stripes } from '../../../../support/images.ts'

const images = stripes(4, 2, { side: 28 })
const data = {
  name: 'stripes',
  source: { kind: 'digits' as const, trainCount: 4, testCount: 4 },
  classes: ['a', 'b'],
  train: images,
  test: images,
}
const bar = async (label?: number) => {
  const pixels = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 > 10 && i % 28 < 16 ? 255 : 0))
  const file = await toPng(pixels, { height: 28, width: 28, channels: 1 })
  return { name: 'bar.png', file, ...(label === undefined ? {} : { label }) }
}
const { signal } = new AbortController()

describe('PictureGalleries', () => {
  test('takes pictures in several turns and keeps what could be read', async () => {
    const galleries = new PictureGalleries()
    const bad = { name: 'bad.png', file: Buffer.from('bad') }
    const first = await galleries.add(undefined, [await bar(), bad], data, signal)
    expect(first).toMatchObject({ count: 1, refused: [{ name: 'bad.png' }] })
    const more = await galleries.add(first.gallery, [await bar(1)], data, signal)
    expect(more).toEqual({ gallery: first.gallery, count: 2, refused: [] })
    expect([...galleries.images(first.gallery, data).labels]).toEqual([noClass, 1])
    expect(galleries.image(first.gallery, 1, data).label).toBe(1)
  })

  test('a cancelled turn leaves it as it was', async () => {
    const galleries = new PictureGalleries()
    const { gallery } = await galleries.add(undefined, [await bar()], data, signal)
    const turn = galleries.add(gallery, [await bar(), await bar()], data, AbortSignal.abort())
    await expect(turn).rejects.toMatchObject({ kind: 'cancelled' })
    expect(galleries.images(gallery, data).count).toBe(1)
  })

  test('refuses a class that is not there, a gallery too many, and one that is gone', async () => {
    const galleries = new PictureGalleries()
    const picture = await bar()
    await expect(galleries.add(undefined, [await bar(2)], data, signal)).rejects.toThrow(/no class 2/)
    await expect(galleries.add('x', [picture], data, signal)).rejects.toThrow(/not there any more/)
    for (let i = 0; i < galleryLimits.galleries; i++) await galleries.add(undefined, [picture], data, signal)
    await expect(galleries.add(undefined, [picture], data, signal)).rejects.toThrow(/Drop one first/)
  })

  test('pictures brought for images of another size are of no use for these', async () => {
    const galleries = new PictureGalleries()
    const { gallery } = await galleries.add(undefined, [await bar()], data, signal)
    const other = { ...data, test: stripes(4, 2, { side: 8 }) }
    expect(() => galleries.images(gallery, other)).toThrow(/another kind/)
  })
})
