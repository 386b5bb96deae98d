import { describe, expect, it } from 'vitest'
import { countsOf, isIsolated, isolate, toggle } from '../../../../src/renderer/explorer/legend-state.ts'

describe('legend', () => {
  it('hides a class and shows it again, each time as a new value', () => {
    const none = new Set<number>()
    const hidden = toggle(none, 3)
    expect([...hidden]).toEqual([3])
    expect(none.size).toBe(0)
    expect([...toggle(hidden, 3)]).toEqual([])
  })

  it('isolates a class and, once more, shows all', () => {
    const alone = isolate(new Set([2]), 2, 4)
    expect([...alone]).toEqual([0, 1, 3])
    expect(isIsolated(alone, 2, 4)).toBe(true)
    expect(isolate(alone, 2, 4).size).toBe(0)
  })

  it('isolates another class straight away', () => {
    expect([...isolate(isolate(new Set(), 0, 3), 1, 3)]).toEqual([0, 2])
  })

  it('is as before after the two clicks of a double click', () => {
    const before = new Set([1])
    expect(toggle(toggle(before, 2), 2)).toEqual(before)
  })

  it('counts the images of every class, of empty ones too', () => {
    expect([...countsOf(Uint16Array.of(0, 2, 2), 4)]).toEqual([1, 0, 2, 0])
  })
})
