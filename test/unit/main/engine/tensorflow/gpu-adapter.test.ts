import { describe, expect, test } from 'vitest'
import {
  type AdapterInfo,
  isSoftware,
  nameOf,
} from '../../../../../src/main/engine/tensorflow/gpu-adapter.ts'

const info = (some: Partial<AdapterInfo>): AdapterInfo => ({
  vendor: '',
  architecture: '',
  device: '',
  description: '',
  isFallbackAdapter: false,
  ...some,
})

const nvidia = info({
  vendor: 'nvidia',
  architecture: 'lovelace',
  device: 'nvidia-geforce-rtx-4070',
  description: 'NVIDIA: 550.54.14',
})

describe('isSoftware', () => {
  test.each([
    info({ isFallbackAdapter: true }),
    info({ vendor: 'google', architecture: 'swiftshader' }),
    info({ vendor: 'mesa', device: 'llvmpipe-llvm-15-0-7-256-bits-' }),
    info({ vendor: 'microsoft', device: 'microsoft-basic-render-driver' }),
    info({ description: 'Microsoft Direct3D 12 WARP' }),
  ])('knows a processor that passes for a graphics card: %o', one => {
    expect(isSoftware(one)).toBe(true)
  })

  test.each([
    nvidia,
    info({ vendor: 'amd', architecture: 'rdna-3', description: 'radv: Mesa 24.0.9' }),
    info({ vendor: 'intel', architecture: 'xe', device: 'intel-r-arc-tm-a770-graphics' }),
    info({ vendor: 'apple', architecture: 'metal-3', description: 'Apple M1 Max' }),
  ])('takes a graphics card for one: %o', one => {
    expect(isSoftware(one)).toBe(false)
  })
})

describe('nameOf', () => {
  test('is what the driver calls the card, as words', () => {
    expect(nameOf(nvidia)).toBe('nvidia geforce rtx 4070')
  })

  test.each([
    ['Apple M1 Max', info({ vendor: 'apple', description: 'Apple M1 Max' })],
    ['amd rdna 3', info({ vendor: 'amd', architecture: 'rdna-3' })],
    ['the graphics card', info({})],
  ])('is %s where drivers say less', (name, one) => {
    expect(nameOf(one)).toBe(name)
  })
})
