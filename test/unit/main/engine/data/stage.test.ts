import { expect, test } from 'vitest'
import { toStage } from '../../../../../src/main/engine/data/stage.ts'

test('a small picture is shown as it is, copied', () => {
  const values = Uint8Array.of(1, 2, 3, 4, 5, 6)
  const stage = toStage('grey', { width: 3, height: 2, values, channels: 1 })
  expect(stage).toEqual({
    words: 'grey',
    channels: 1,
    width: 3,
    height: 2,
    shownWidth: 3,
    shownHeight: 2,
    pixels: values,
  })
  expect(stage.pixels).not.toBe(values)
})

test('a large one is made small, its shape and its halves kept', () => {
  const [width, height] = [960, 480]
  const values = Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? 40 : 200))
  const { shownWidth, shownHeight, pixels } = toStage('grey', { width, height, values, channels: 1 })
  expect([shownWidth, shownHeight]).toEqual([96, 48])
  pixels.forEach((value, i) => {
    expect(value).toBe(i % 96 < 48 ? 40 : 200)
  })
})

test('a line of pixels keeps at least one pixel of height', () => {
  const stage = toStage('grey', { width: 1000, height: 1, values: new Uint8Array(1000).fill(9), channels: 1 })
  expect([stage.shownWidth, stage.shownHeight]).toEqual([96, 1])
  expect(new Set(stage.pixels)).toEqual(new Set([9]))
})
