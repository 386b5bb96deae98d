// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { LivePace, livePace } from '../../../src/renderer/live-pace.ts'

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
})

describe('what is new', () => {
  test('is shown together, the newest of each, once a turn', () => {
    vi.useFakeTimers()
    const shown: string[] = []
    const pace = new LivePace(400)
    void pace.show('losses', () => shown.push('losses 1'))
    vi.advanceTimersByTime(399)
    void pace.show('losses', () => shown.push('losses 2'))
    void pace.show('points', () => shown.push('points 1'))
    expect(shown).toEqual([])
    vi.advanceTimersByTime(1)
    expect(shown).toEqual(['losses 2', 'points 1'])
    vi.advanceTimersByTime(1000)
    expect(shown).toHaveLength(2)
    vi.useRealTimers()
  })

  test('is shown at once when that is asked for, and not again; who waited for it goes on', async () => {
    vi.useFakeTimers()
    const shown: string[] = []
    const pace = new LivePace(400)
    const done = pace.show('losses', () => shown.push('losses'))
    pace.flush()
    await done
    expect(shown).toEqual(['losses'])
    vi.advanceTimersByTime(1000)
    expect(shown).toEqual(['losses'])
    vi.useRealTimers()
  })

  test('without a pace nothing waits', async () => {
    const shown: string[] = []
    await new LivePace(0).show('losses', () => shown.push('losses'))
    expect(shown).toEqual(['losses'])
  })
})
