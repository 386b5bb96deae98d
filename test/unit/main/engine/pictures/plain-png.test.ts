import { Transformer } from '@napi-rs/image'
import { expect, test } from 'vitest'
import { toPlainPng } from '../../../../../src/main/engine/pictures/plain-png.ts'
import { toRgba } from '../../../../../src/main/engine/pictures/png.ts'

test.each([1, 3] as const)('a picture of %i channels is read back as it was', async channels => {
  const shape = { height: 5, width: 7, channels }
  const pixels = Uint8Array.from({ length: 35 * channels }, (_, i) => (i * 37) % 256)
  const png = new Transformer(await toPlainPng(pixels, shape))
  const { width, height } = await png.metadata()
  expect([width, height]).toEqual([7, 5])
  const raw = await png.rawPixels()
  const wanted = channels === 1 ? pixels : toRgba(pixels, 3)
  const each = raw.length / 35
  // The reader may give grey or colour without opacity: what there is must be the same.
  for (let pixel = 0; pixel < 35; pixel++) {
    const of = channels === 1 ? 1 : 4
    const values = Math.min(each, of === 1 ? 1 : 3)
    expect([...raw.subarray(pixel * each, pixel * each + values)]).toEqual([
      ...wanted.subarray(pixel * of, pixel * of + values),
    ])
  }
})
