import { describe, expect, it } from 'vitest'
import { createPen, stepped } from '../../../../../src/renderer/search/drawing/pen.ts'

describe('the pen', () => {
  it('draws only while it is down, with the brush it was pressed with', () => {
    let size = 20
    const pen = createPen([0, 0], () => ({ size, erases: false }))
    expect(pen.move([[1, 1]])).toBe(false)
    pen.press([2, 2])
    size = 50
    expect(
      pen.move([
        [3, 3],
        [4, 4],
      ]),
    ).toBe(true)
    expect(pen.at.value).toEqual([4, 4])
    expect(pen.lift()).toEqual({
      size: 20,
      erases: false,
      spots: [
        [2, 2],
        [3, 3],
        [4, 4],
      ],
    })
    expect(pen.lift()).toBeNull()
    expect(pen.down.value).toBe(false)
  })

  it('goes by the arrows, faster with Shift, and not off the pad', () => {
    const arrow = (key: string, shiftKey = false) => stepped([140, 140], { key, shiftKey }, 280, 280)
    expect(arrow('ArrowLeft')).toEqual([130, 140])
    expect(arrow('ArrowDown', true)).toEqual([140, 180])
    expect(arrow('a')).toBeNull()
    expect(stepped([275, 0], { key: 'ArrowRight', shiftKey: true }, 280, 280)).toEqual([280, 0])
    expect(stepped([275, 0], { key: 'ArrowUp', shiftKey: false }, 280, 280)).toEqual([275, 0])
  })
})
