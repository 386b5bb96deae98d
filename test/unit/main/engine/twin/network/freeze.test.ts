import { describe, expect, test } from 'vitest'
import {
  checkFreeze,
  frozenLayers,
  learnedWeights,
} from '../../../../../../src/main/engine/twin/network/freeze.ts'
import { mlpSpec, type NetworkSpec } from '../../../../../../src/main/engine/twin/network/network-spec.ts'

const image = { height: 8, width: 8, channels: 1 }
const mlp = mlpSpec(image, { hiddenSizes: [5, 4], embeddingSize: 2 })
const residual: NetworkSpec = {
  ...mlp,
  kind: 'residual',
  filters: [3, 4],
  hiddenSizes: [],
  batchNorm: true,
}

describe('frozen layers', () => {
  test('are counted from the input, a residual block as one', () => {
    expect([...frozenLayers(mlp, 2)]).toEqual(['layer1', 'layer2'])
    expect([...frozenLayers(residual, 2)]).toEqual(['stem', 'stage1.block1.conv1', 'stage1.block1.conv2'])
    expect([...frozenLayers(residual, 4)].slice(-3)).toEqual([
      'stage2.block1.conv1',
      'stage2.block1.conv2',
      'stage2.block1.shortcut',
    ])
    expect(frozenLayers(mlp, 0).size).toBe(0)
  })

  test('leave the rest to learn, and never moving averages', () => {
    expect(learnedWeights(mlp, 2).map(({ name }) => name)).toEqual(['layer3.kernel', 'layer3.bias'])
    expect(learnedWeights(residual, 5).map(({ name }) => name)).toEqual(['dense1.kernel', 'dense1.bias'])
    expect(learnedWeights(residual, 0).some(({ name }) => name.endsWith('.mean'))).toBe(false)
  })

  test('are never all of them', () => {
    expect(() => checkFreeze(mlp, 2)).not.toThrow()
    expect(() => checkFreeze(mlp, 3)).toThrow('This network has 3 layers: at most 2 can be frozen')
    expect(() => checkFreeze(residual, 6)).toThrow('This network has 6 layers: at most 5 can be frozen')
  })
})
