// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { livePace, turn } from '../../../src/renderer/live-pace.ts'

const swiftShader = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (LLVM 10.0.0)), SwiftShader driver)'
const card = 'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060, OpenGL 4.5)'

describe('the pace of what moves', () => {
  test('is slower only where the processor draws the page on the few cores that train', () => {
    expect(livePace(2, swiftShader)).toBeGreaterThan(0)
    expect(livePace(2, 'llvmpipe (LLVM 15.0.7, 256 bits)')).toBe(livePace(2, swiftShader))
    expect(livePace(16, swiftShader)).toBe(0)
    expect(livePace(2, card)).toBe(0)
  })

  test('of a browser without any graphics is that of a slow one', () => {
    expect(livePace(2, '')).toBe(livePace(2, swiftShader))
    expect(livePace(2)).toBe(livePace(2, ''))
  })

  test('wakes all who wait at once, however far apart they began to', async () => {
    vi.useFakeTimers()
    const woken: string[] = []
    void turn(60, 1000).then(() => woken.push('first'))
    await vi.advanceTimersByTimeAsync(19)
    void turn(60, 1019).then(() => woken.push('second'))
    expect(woken).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(woken).toEqual(['first', 'second'])
    vi.useRealTimers()
  })

  test('without one nobody waits', async () => {
    await turn(0)
  })
})
