import { expect, test } from 'vitest'
import { holdsEncoder } from '../../../../src/renderer/encoders/encoder-files.ts'

const named = (...names: string[]) => names.map(name => ({ name }))

test.each([['encoder.onnx'], ['model.json', 'group1-shard1of1.bin'], ['MODEL.JSON']])(
  '%s …: an encoder',
  (...names) => {
    expect(holdsEncoder(named(...names))).toBe(true)
  },
)

test.each([['a.jpg', 'a.jpg.json'], ['labels.json', '7.png'], ['images.zip'], ['weights.bin'], []])(
  '%s …: none, though JSON may be among pictures',
  (...names) => {
    expect(holdsEncoder(named(...names))).toBe(false)
  },
)
