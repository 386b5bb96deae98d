import { blend } from './blend.ts'
import type { Picture, ScatterRenderer } from './scatter-renderer.ts'
import { xOf, yOf } from './scene.ts'
import { type Sprite, spritesOf } from './sprites.ts'

/**
 * Writes the points' pixels itself and hands the canvas one finished picture. Drawn one by one with drawImage, 10,000
 * points took 23 ms where the browser has no graphics card to draw with, and longer still to show; this way a tenth of
 * it. Points lie in the data set's order, so that no class covers the others.
 */
export class CanvasRenderer implements ScatterRenderer {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #ratio = 1
  #image: ImageData | null = null
  #sprites: { readonly key: string; readonly all: Sprite[] } | null = null

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) {
    this.#canvas = canvas
    this.#context = context
  }

  resize(width: number, height: number, ratio: number): void {
    this.#ratio = ratio
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    this.#image = null
  }

  draw(picture: Picture | null): void {
    const { width, height } = this.#canvas
    if (width === 0 || height === 0) return
    this.#image ??= this.#context.createImageData(width, height)
    const pixels = new Uint32Array(this.#image.data.buffer)
    pixels.fill(0)
    if (picture !== null) drawPoints(pixels, width, picture, this.#spritesFor(picture), this.#ratio)
    this.#context.putImageData(this.#image, 0, 0)
  }

  /** Made anew only when their looks change: another size, theme, resolution or number of classes. */
  #spritesFor({ palette, shapes, radius, theme }: Picture): Sprite[] {
    const ratio = this.#ratio
    const key = [ratio, radius, shapes, theme.surface, ...palette].join()
    if (this.#sprites?.key !== key) {
      const look = { palette, shapes, radius: radius * ratio, rim: 0.5 * ratio, surface: theme.surface }
      this.#sprites = { key, all: spritesOf(look) }
    }
    return this.#sprites.all
  }
}

/** @param pixels [height * width] of the canvas, device pixels */
function drawPoints(
  pixels: Uint32Array,
  width: number,
  picture: Picture,
  sprites: Sprite[],
  ratio: number,
): void {
  const { scene, view, area, hidden } = picture
  const left = Math.round(area.left * ratio)
  const top = Math.round(area.top * ratio)
  const right = Math.round((area.left + area.width) * ratio)
  const bottom = Math.round((area.top + area.height) * ratio)
  const shown = sprites.map((sprite, label) => (hidden.has(label) ? null : sprite))
  for (let i = 0; i < scene.count; i++) {
    const sprite = shown[scene.labels[i] as number]
    if (sprite == null) continue
    const x = Math.round((view.originX + view.scaleX * xOf(scene, i)) * ratio)
    const y = Math.round((view.originY - view.scaleY * yOf(scene, i)) * ratio)
    const { dx, dy, colours, reach } = sprite
    // Also leaves out what is not a number.
    if (!(x > left - reach && x < right + reach && y > top - reach && y < bottom + reach)) continue
    for (let k = 0; k < colours.length; k++) {
      const column = x + (dx[k] as number)
      const row = y + (dy[k] as number)
      if (column < left || column >= right || row < top || row >= bottom) continue
      blend(pixels, row * width + column, colours[k] as number)
    }
  }
}

/** @throws Error where the browser gives no drawing context */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser gives no canvas to draw on.')
  return context
}
