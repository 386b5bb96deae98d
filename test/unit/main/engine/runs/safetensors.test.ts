import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../../../../src/main/engine/runs/safetensors.ts'
import { TwinlensError } from '../../../../../src/shared/errors.ts'

const tensors = [
  { name: 'layer1.kernel', shape: [2, 3], values: Float32Array.of(1, -2, 3.5, Number.NaN, 1e-30, 0) },
  { name: 'labels', shape: [3], values: Uint16Array.of(0, 7, 65_535) },
]
const file = encodeSafetensors(tensors)

describe('safetensors', () => {
  test('what is written is read', () => {
    expect([...decodeSafetensors(file, 'file').values()]).toEqual(tensors)
  })

  test('the layout is that of the format', () => {
    const headLength = Number(new DataView(file.buffer).getBigUint64(0, true))
    expect((8 + headLength) % 8).toBe(0)
    const header = JSON.parse(Buffer.from(file.subarray(8, 8 + headLength)).toString()) as unknown
    expect(header).toEqual({
      'layer1.kernel': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      labels: { dtype: 'U16', shape: [3], data_offsets: [24, 30] },
    })
    expect(file).toHaveLength(8 + headLength + 30)
  })

  test('wherever it is cut and whatever byte is changed, there are tensors or a message, never more', () => {
    fc.assert(
      fc.property(fc.nat(file.length), fc.nat(file.length - 1), fc.nat(255), (end, at, value) => {
        const bytes = file.slice(0, end)
        if (at < end) bytes[at] = value
        try {
          for (const { shape, values } of decodeSafetensors(bytes, 'file').values()) {
            expect(values).toHaveLength(shape.reduce((product, n) => product * n, 1))
          }
        } catch (error) {
          expect(error).toBeInstanceOf(TwinlensError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
