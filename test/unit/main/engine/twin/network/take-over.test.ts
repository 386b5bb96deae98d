import { describe, expect, test } from 'vitest'
import type { LabelledImages } from '../../../../../../src/main/engine/data/data-set.ts'
import { specOf } from '../../../../../../src/main/engine/twin/network/network-spec.ts'
import { initialNetwork } from '../../../../../../src/main/engine/twin/network/network-values.ts'
import { firstWeights, fitInWords, fitOf } from '../../../../../../src/main/engine/twin/network/take-over.ts'
import { defaults, type Hyperparameters } from '../../../../../../src/shared/hyperparameters.ts'
import { stripes } from '../../../../../support/images.ts'

const images = stripes(20, 2)
const cnn: Hyperparameters = { ...defaults, encoder: 'cnn', filters: [3, 4], batchNorm: true }
const spec = specOf(cnn, images)

describe('layers that are taken over', () => {
  test('are those of the same name and shape; the others are drawn from the seed', () => {
    const from = initialNetwork(spec, 8)
    const wider = { ...cnn, embeddingSize: 5 }
    const begun = firstWeights(wider, images, from)
    const drawn = initialNetwork(specOf(wider, images), wider.seed)
    expect(fitOf(begun.spec, from.spec)).toEqual({ taken: ['conv1', 'conv2', 'dense1'], anew: ['dense2'] })
    begun.tensors.forEach((tensor, i) => {
      const expected = tensor.name.startsWith('dense2') ? drawn.tensors[i] : from.tensors[i]
      expect(tensor).toEqual(expected)
    })
  })

  test('are whole: what has no batch norm there starts anew, with its kernel', () => {
    const bare = specOf({ ...cnn, batchNorm: false }, images)
    expect(fitOf(spec, bare)).toEqual({ taken: ['dense2'], anew: ['conv1', 'conv2', 'dense1'] })
  })

  test('without a run to take them from, all are drawn', () => {
    expect(firstWeights(cnn, images, undefined)).toEqual(initialNetwork(spec, cnn.seed))
  })

  test('must be of images of the same size and colours', () => {
    const larger: LabelledImages = { ...images, height: 10 }
    const colour: LabelledImages = { ...images, channels: 3 }
    expect(() => fitOf(specOf(cnn, larger), spec)).toThrow(
      'The run to start from takes images of 8 x 8 in grey, and these are of 8 x 10 in grey: they must be alike.',
    )
    expect(() => fitOf(specOf(cnn, colour), spec)).toThrow('and these are of 8 x 8 in colour')
  })

  test('must be some', () => {
    const other = specOf({ ...defaults, hiddenSizes: [4] }, images)
    expect(() => fitOf(spec, other)).toThrow('has no layer of the same name and shape')
  })

  test('are told in words', () => {
    expect(fitInWords({ taken: ['a', 'b'], anew: [] })).toBe('all layers are taken over')
    expect(fitInWords({ taken: ['a', 'b'], anew: ['c'] })).toBe(
      'c starts anew, the other 2 layers are taken over',
    )
    expect(fitInWords({ taken: ['a', 'b'], anew: ['c', 'd', 'e'] })).toBe(
      'a, b taken over, the other 3 layers start anew',
    )
  })
})
