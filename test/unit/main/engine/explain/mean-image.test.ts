import { expect, test } from 'vitest'
import { meanImage } from '../../../../../src/main/engine/explain/mean-image.ts'
import { stripes } from '../../../../support/images.ts'

test('meanImage is the mean, pixel by pixel', () => {
  const images = stripes(30, 3)
  const mean = meanImage(images)
  for (const pixel of [0, 20, 63]) {
    let sum = 0
    for (let i = 0; i < 30; i++) sum += images.pixels[i * 64 + pixel] as number
    expect(mean[pixel]).toBe(Math.round(sum / 30))
  }
})
