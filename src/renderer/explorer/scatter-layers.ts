import { contextOf } from './canvas-renderer.ts'
import { drawAxes } from './draw-axes.ts'
import { drawMarks, type Overlay } from './draw-marks.ts'
import type { Picture, ScatterRenderer } from './scatter-renderer.ts'
import { axisTitles } from './scene.ts'

/** Three canvases over one another: axes, points, marks. What changes often is kept from what is costly to draw. */
export interface Layers {
  readonly renderer: Pick<ScatterRenderer, 'kind' | 'counts' | 'dispose'>
  resize(width: number, height: number, ratio: number): void
  /** Axes and points. @param classes the rows of a strip */
  drawPoints(picture: Picture | null, classes: readonly string[]): void
  drawMarks(picture: Picture | null, overlay: Overlay): void
}

export interface Canvases {
  readonly axes: HTMLCanvasElement
  readonly points: HTMLCanvasElement
  readonly marks: HTMLCanvasElement
}

/** How much of the points remains while some of them are marked; the layer's opacity, so that none is drawn anew. */
const dimmedOpacity = '0.5'

/** @throws Error where the browser gives no drawing context */
export function createLayers({ axes, points, marks }: Canvases, renderer: ScatterRenderer): Layers {
  const sheets = { axes: contextOf(axes), marks: contextOf(marks) }
  let scale = 1
  const clear = (context: CanvasRenderingContext2D) => {
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, context.canvas.width, context.canvas.height)
    context.setTransform(scale, 0, 0, scale, 0, 0)
  }
  return {
    renderer,
    resize(width, height, ratio) {
      scale = ratio
      for (const canvas of [axes, marks]) {
        canvas.width = Math.round(width * ratio)
        canvas.height = Math.round(height * ratio)
      }
      renderer.resize(width, height, ratio)
    },
    drawPoints(picture, classes) {
      clear(sheets.axes)
      if (picture !== null) {
        const { scene } = picture
        const rows = scene.vertical === null ? classes : null
        drawAxes(sheets.axes, { ...picture, ...axisTitles(scene), rows })
      }
      renderer.draw(picture)
    },
    drawMarks(picture, overlay) {
      clear(sheets.marks)
      points.style.opacity = overlay.marks.length > 0 ? dimmedOpacity : ''
      if (picture !== null) drawMarks(sheets.marks, picture, overlay)
    },
  }
}
