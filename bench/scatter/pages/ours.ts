import { CanvasRenderer, contextOf } from '../../../src/renderer/explorer/canvas-renderer.ts'
import { graphicsHere, pickRenderer } from '../../../src/renderer/explorer/pick-renderer.ts'
import { createLayers } from '../../../src/renderer/explorer/scatter-layers.ts'
import type { ScatterRenderer } from '../../../src/renderer/explorer/scatter-renderer.ts'
import { ScatterStage } from '../../../src/renderer/explorer/scatter-stage.ts'
import { WebGLRenderer, webglOf } from '../../../src/renderer/explorer/webgl/webgl-renderer.ts'
import { offer, pane } from './drive.ts'

/** The whole stage as the window has it, axes and all: ?kind= webgl, canvas, or what the window would pick. */
const kind = new URLSearchParams(location.search).get('kind')

function rendererFor(canvas: HTMLCanvasElement): ScatterRenderer {
  if (kind === 'canvas') return new CanvasRenderer(canvas, contextOf(canvas))
  if (kind !== 'webgl') return pickRenderer(canvas, graphicsHere())
  const gl = webglOf(canvas)
  if (gl === null) throw new Error('This browser has no WebGL2.')
  return new WebGLRenderer(canvas, gl)
}

function newCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.style.position = 'absolute'
  document.body.append(canvas)
  return canvas
}

offer(async job => {
  const [axes, points, marks] = [newCanvas(), newCanvas(), newCanvas()]
  const renderer = rendererFor(points)
  let drawn: () => void = () => {}
  const stage = new ScatterStage({
    layers: createLayers({ axes, points, marks }, renderer),
    nextFrame: draw =>
      requestAnimationFrame(() => {
        draw()
        drawn()
      }),
  })
  stage.setTheme({
    ...{ ink: '#191c23', quiet: '#586070', line: '#e2e5eb', surface: '#ffffff', accent: '#4451d3' },
    ...{ context: '#c3c8d1', font: 'sans-serif' },
  })
  stage.resize(pane.width, pane.height, 1)
  const { values, labels, count, palette } = job
  const picture = () =>
    new Promise<void>(resolve => {
      drawn = resolve
    })
  const first = picture()
  const scene = { values, size: 2, count, labels, horizontal: 0, vertical: 1 }
  stage.show({ scene, classes: palette, palette, colours: null })
  await first
  const gl = renderer.kind === 'webgl' ? webglOf(points) : null
  return {
    move: async ({ x, y, zoom }) => {
      const halfX = pane.width / 2 / (job.scale * zoom)
      const halfY = pane.height / 2 / (job.scale * zoom)
      const [middleX, middleY] = [-x / job.scale, y / job.scale]
      const next = picture()
      stage.choose({
        ...{ minX: middleX - halfX, maxX: middleX + halfX },
        ...{ minY: middleY - halfY, maxY: middleY + halfY },
      })
      await next
    },
    finish: () => gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)),
  }
})
