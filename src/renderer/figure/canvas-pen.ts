import { traceMarker } from '../../shared/drawing/markers.ts'
import type { Drawing } from '../explorer/drawing.ts'
import type { Area } from '../explorer/view-transform.ts'
import { figureFont, type Measure } from './figure.ts'
import type { MarkerLook, Pen, TextLook } from './pen.ts'

export type CanvasContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

const fontOf = (size: number, bold: boolean): string => `${bold ? '600 ' : ''}${size}px ${figureFont}`

/** Draws on a canvas whose context is scaled so that its unit is a CSS px. */
export class CanvasPen implements Pen {
  readonly #context: CanvasContext

  constructor(context: CanvasContext) {
    this.#context = context
  }

  get drawing(): Drawing {
    return this.#context
  }

  fill({ left, top, width, height }: Area, colour: string): void {
    this.#context.fillStyle = colour
    this.#context.fillRect(left, top, width, height)
  }

  line(x1: number, y1: number, x2: number, y2: number, colour: string, width: number): void {
    this.#context.strokeStyle = colour
    this.#context.lineWidth = width
    this.#context.beginPath()
    this.#context.moveTo(x1, y1)
    this.#context.lineTo(x2, y2)
    this.#context.stroke()
  }

  text(text: string, x: number, y: number, look: TextLook): void {
    const { size, colour, anchor = 'start', bold = false, rim, upright = false } = look
    const context = this.#context
    context.save()
    context.translate(x, y)
    if (upright) context.rotate(-Math.PI / 2)
    context.font = fontOf(size, bold)
    context.textAlign = anchor === 'middle' ? 'center' : anchor
    context.textBaseline = 'alphabetic'
    if (rim !== undefined) {
      context.lineJoin = 'round'
      context.lineWidth = 3
      context.strokeStyle = rim
      context.strokeText(text, 0, 0)
    }
    context.fillStyle = colour
    context.fillText(text, 0, 0)
    context.restore()
  }

  marker(x: number, y: number, { shape, colour, radius, opacity, rim }: MarkerLook): void {
    const context = this.#context
    context.beginPath()
    traceMarker(context, shape, x, y, radius)
    context.globalAlpha = opacity
    context.fillStyle = colour
    context.fill('evenodd')
    if (rim !== '') {
      context.strokeStyle = rim
      context.lineWidth = 0.5
      context.stroke()
    }
    context.globalAlpha = 1
  }

  begin(_name: string, clip?: Area): void {
    this.#context.save()
    if (clip === undefined) return
    this.#context.beginPath()
    this.#context.rect(clip.left, clip.top, clip.width, clip.height)
    this.#context.clip()
  }

  end(): void {
    this.#context.restore()
  }
}

export const measureWith =
  (context: CanvasContext): Measure =>
  (text, size, bold = false) => {
    context.font = fontOf(size, bold)
    return context.measureText(text).width
  }
