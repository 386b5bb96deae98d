import { describe, expect, it } from 'vitest'
import { keyAction, wheelFactor } from '../../../../src/renderer/explorer/keys.ts'

const press = (key: string, more = {}) =>
  keyAction({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more })

describe('keys of the scatter', () => {
  it('walk with the arrows and pan with Shift', () => {
    expect(press('ArrowLeft')).toEqual({ do: 'walk', to: 'left' })
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ do: 'pan', to: 'up' })
    expect(press('PageDown')).toEqual({ do: 'walk', to: 'next' })
  })

  it('zoom in and out by the same step, with and without Shift on the keyboard in use', () => {
    const [inwards, outwards] = [press('+'), press('-')]
    if (inwards?.do !== 'zoom' || outwards?.do !== 'zoom') throw new Error('not a zoom')
    expect(inwards.factor * outwards.factor).toBeCloseTo(1)
    expect(press('=')).toEqual(inwards)
    expect(press('_')).toEqual(outwards)
  })

  it('choose, fit, tell and leave', () => {
    expect(['Enter', '0', 'n', 'Escape', 'z', 'r'].map(key => press(key)?.do)).toEqual([
      'choose',
      'fit',
      'tell',
      'leave',
      'look at marks',
      'random',
    ])
  })

  it('leave to the page what is not theirs', () => {
    expect(press('Tab')).toBeNull()
    expect(press('ArrowLeft', { altKey: true })).toBeNull()
    expect(press('0', { ctrlKey: true })).toBeNull()
    expect(press('r', { metaKey: true })).toBeNull()
  })

  it('turn the wheel into a factor, the same for pixels and lines, never a leap', () => {
    expect(wheelFactor({ deltaY: -48, deltaMode: 0 })).toBeCloseTo(wheelFactor({ deltaY: -3, deltaMode: 1 }))
    expect(wheelFactor({ deltaY: -48, deltaMode: 0 })).toBeGreaterThan(1)
    expect(
      wheelFactor({ deltaY: 100, deltaMode: 0 }) * wheelFactor({ deltaY: -100, deltaMode: 0 }),
    ).toBeCloseTo(1)
    expect(wheelFactor({ deltaY: -1e6, deltaMode: 0 })).toBeLessThan(2)
  })
})
