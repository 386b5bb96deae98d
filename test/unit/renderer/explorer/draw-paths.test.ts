import { describe, expect, test } from 'vitest'
import { type DrawnPaths, drawPaths } from '../../../../src/renderer/explorer/draw-paths.ts'
import { sceneOf } from './scenes.ts'

const picture = {
  scene: sceneOf([[0, 0, 0]]),
  view: { scaleX: 10, scaleY: 10, originX: 0, originY: 100 },
  hidden: new Set<number>(),
  palette: ['#111111', '#222222'],
  theme: { ink: '', surface: '#ffffff' },
}

/** Two travellers over three moments. */
const paths: DrawnPaths = {
  values: Float32Array.of(0, 0, 1, 1, 2, 0, 5, 5, 6, 6, 7, 7),
  size: 2,
  iterations: Int32Array.of(0, 10, 20),
  labels: Uint16Array.of(1, 0),
  at: null,
}

/** Strokes in order: colour, dashed or not, and the corners of lines. */
function strokesOf(what: Parameters<typeof drawPaths>[1], drawn: DrawnPaths) {
  const strokes: { colour: string; dashed: boolean; corners: number[][] }[] = []
  let corners: number[][] = []
  let dashed = false
  const context = {
    strokeStyle: '',
    beginPath: () => {
      corners = []
    },
    lineTo: (x: number, y: number) => corners.push([x, y]),
    setLineDash: (dash: number[]) => {
      dashed = dash.length > 0
    },
    stroke: () => strokes.push({ colour: context.strokeStyle, dashed, corners }),
    ...{ save: () => {}, restore: () => {}, arc: () => {}, fill: () => {} },
  }
  drawPaths(context as unknown as CanvasRenderingContext2D, what, drawn)
  return strokes.filter(({ colour, corners }) => colour !== '#ffffff' && corners.length > 0)
}

describe('drawPaths', () => {
  test('draws each way through all moments in the colour of its class', () => {
    const strong = strokesOf(picture, paths).filter(({ dashed }) => !dashed)
    expect(strong).toEqual([
      {
        colour: '#222222',
        dashed: false,
        corners: [
          [0, 100],
          [10, 90],
          [20, 100],
        ],
      },
      {
        colour: '#111111',
        dashed: false,
        corners: [
          [50, 50],
          [60, 40],
          [70, 30],
        ],
      },
    ])
  })

  test('what comes after the moment that is looked at is dashed', () => {
    const [faint, strong] = strokesOf(picture, { ...paths, at: 15 })
    expect(strong?.corners).toEqual([
      [0, 100],
      [10, 90],
    ])
    expect(faint).toEqual({
      colour: '#222222',
      dashed: true,
      corners: [
        [10, 90],
        [20, 100],
      ],
    })
  })

  test('those of hidden classes are left out, and in a strip all', () => {
    const hidden = strokesOf({ ...picture, hidden: new Set([1]) }, paths)
    expect(new Set(hidden.map(({ colour }) => colour))).toEqual(new Set(['#111111']))
    expect(strokesOf({ ...picture, scene: { ...picture.scene, vertical: null } }, paths)).toEqual([])
  })
})
