import { describe, expect, it } from 'vitest'
import {
  add,
  type Brush,
  blank,
  clear,
  paintAll,
  paintStroke,
  type Stroke,
  undo,
} from '../../../../../src/renderer/search/drawing/strokes.ts'

const stroke = (...spots: [number, number][]): Stroke => ({ size: 20, erases: false, spots })

/** A brush that writes down what it is told. */
function recordingBrush(): Brush & { readonly told: string[] } {
  const told: string[] = []
  return {
    told,
    lineWidth: 1,
    lineCap: 'butt',
    lineJoin: 'miter',
    strokeStyle: '',
    fillStyle: '',
    beginPath: () => undefined,
    moveTo: (x, y) => void told.push(`move ${x} ${y}`),
    lineTo: (x, y) => void told.push(`line ${x} ${y}`),
    stroke() {
      told.push(`stroke ${this.strokeStyle} ${this.lineWidth}`)
    },
    fillRect(x, y, width, height) {
      told.push(`fill ${this.fillStyle} ${x} ${y} ${width} ${height}`)
    },
  }
}

describe('a drawing', () => {
  it('takes back one change after another, clearing among them', () => {
    const [first, second] = [stroke([0, 0]), stroke([1, 1])]
    const drawn = add(add(blank, first), second)
    const cleared = clear(drawn)
    expect(cleared.strokes).toEqual([])
    expect(undo(cleared).strokes).toEqual([first, second])
    expect(undo(undo(cleared)).strokes).toEqual([first])
    expect(undo(undo(undo(cleared)))).toEqual(blank)
    expect(undo(blank)).toEqual(blank)
  })

  it('is not changed by what changes nothing', () => {
    expect(clear(blank)).toBe(blank)
    expect(add(blank, stroke())).toBe(blank)
  })
})

describe('painting', () => {
  it('goes on from where the line was', () => {
    const brush = recordingBrush()
    paintStroke(brush, stroke([0, 0], [1, 1], [2, 2]), 2)
    expect(brush.told).toEqual(['move 1 1', 'line 2 2', 'stroke #ffffff 20'])
  })

  it('makes a dot of a single spot', () => {
    const brush = recordingBrush()
    paintStroke(brush, stroke([3, 4]))
    expect(brush.told).toEqual(['move 3 4', 'line 3 4', 'stroke #ffffff 20'])
  })

  it('paints everything on a dark ground, the eraser with the ground’s colour', () => {
    const brush = recordingBrush()
    paintAll(brush, [stroke([0, 0]), { ...stroke([1, 1]), erases: true }], 280, 140)
    expect(brush.told[0]).toBe('fill #000000 0 0 280 140')
    expect(brush.told.filter(told => told.startsWith('stroke'))).toEqual([
      'stroke #ffffff 20',
      'stroke #000000 20',
    ])
  })
})
