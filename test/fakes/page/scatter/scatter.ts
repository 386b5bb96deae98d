import { CanvasRenderer, contextOf } from '../../../../src/renderer/explorer/canvas-renderer.ts'
import { PointSet } from '../../../../src/renderer/explorer/point-set.ts'
import { pointsInside } from '../../../../src/renderer/explorer/points-inside.ts'
import { createLayers } from '../../../../src/renderer/explorer/scatter-layers.ts'
import type { ScatterRenderer, Theme } from '../../../../src/renderer/explorer/scatter-renderer.ts'
import { ScatterStage } from '../../../../src/renderer/explorer/scatter-stage.ts'
import type { Content, Look } from '../../../../src/renderer/explorer/stage-content.ts'
import { turnOf } from '../../../../src/renderer/explorer/turn.ts'
import { WebGLRenderer, webglOf } from '../../../../src/renderer/explorer/webgl/webgl-renderer.ts'
import { paletteOf } from '../../../../src/shared/drawing/palette.ts'
import { clouds, randomFrom } from './points.ts'

/** A stage on canvases of its own, whose pictures a test orders one by one and reads. */
export interface Plot {
  readonly stage: ScatterStage
  readonly canvas: HTMLCanvasElement
  /** What lies over the points. */
  readonly marks: HTMLCanvasElement
  show(content: Partial<Content>): void
  look(look: Partial<Look>): void
  /** Draws what is due. @returns the points' pixels, [height, width, 4] */
  draw(): Uint8ClampedArray
}

const theme: Theme = {
  ink: '#191c23',
  quiet: '#586070',
  line: '#e2e5eb',
  surface: '#ffffff',
  accent: '#4451d3',
  context: '#c3c8d1',
  font: 'sans-serif',
}

function rendererOf(kind: 'webgl' | 'canvas', canvas: HTMLCanvasElement): ScatterRenderer {
  if (kind === 'canvas') return new CanvasRenderer(canvas, contextOf(canvas))
  const gl = webglOf(canvas)
  if (gl === null) throw new Error('This browser has no WebGL2.')
  return new WebGLRenderer(canvas, gl)
}

function plot(kind: 'webgl' | 'canvas', width = 600, height = 400): Plot {
  const [axes, points, marks] = Array.from({ length: 3 }, () => document.createElement('canvas')) as [
    HTMLCanvasElement,
    HTMLCanvasElement,
    HTMLCanvasElement,
  ]
  document.body.append(points)
  const due: (() => void)[] = []
  const layers = createLayers({ axes, points, marks }, rendererOf(kind, points))
  const stage = new ScatterStage({ layers, nextFrame: draw => due.push(draw) })
  let content: Content = { scene: null, classes: [], palette: [], colours: null }
  let look: Look = { hidden: new Set(), only: null, selected: null, shapes: false, names: false, marks: [] }
  stage.setTheme(theme)
  stage.resize(width, height, 1)
  return {
    stage,
    canvas: points,
    marks,
    show: change => {
      content = { ...content, ...change }
      stage.show(content)
    },
    look: change => {
      look = { ...look, ...change }
      stage.setLook(look)
    },
    draw: () => {
      for (const draw of due.splice(0)) draw()
      // In the same task: a graphics card's picture is gone after it.
      const copy = new OffscreenCanvas(points.width, points.height).getContext('2d')
      if (copy === null) throw new Error('No canvas to read from.')
      copy.drawImage(points, 0, 0)
      return copy.getImageData(0, 0, points.width, points.height).data
    },
  }
}

const lab = { plot, clouds, paletteOf, PointSet, pointsInside, randomFrom, turnOf }
declare global {
  interface Window {
    lab: typeof lab
  }
}
window.lab = lab
