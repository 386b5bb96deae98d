import { shapeOf } from '../../shared/drawing/markers.ts'
import { stamp } from './blend.ts'
import {
  type DrawCounts,
  type Pass,
  type Picture,
  passesOf,
  type ScatterRenderer,
} from './scatter-renderer.ts'
import { farOf, opacityAt, type Scene, sizeAt, xOf, yOf } from './scene.ts'
import { offsetsOf, type Sprite, Sprites } from './sprites.ts'

/**
 * Writes the points' pixels itself and hands the canvas one finished picture. Drawn one by one with drawImage, 10,000
 * points took 23 ms where the browser has no graphics card to draw with, and longer still to show; this way a tenth of
 * it. Points lie in the data set's order, so that no class covers the others.
 */
export class CanvasRenderer implements ScatterRenderer {
  readonly kind = 'canvas'
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #counts: DrawCounts = { pictures: 0, drawCalls: 0, uploads: 0, bytes: 0 }
  #ratio = 1
  #image: ImageData | null = null
  readonly #sprites = new Map<string, Sprites>()

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) {
    this.#canvas = canvas
    this.#context = context
  }

  get counts(): DrawCounts {
    return this.#counts
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
    const passes = picture === null ? [] : passesOf(picture)
    for (const pass of passes) {
      if (picture !== null) this.#drawPass(pixels, width, picture, pass)
    }
    this.#context.putImageData(this.#image, 0, 0)
    const { pictures, drawCalls } = this.#counts
    this.#counts = { ...this.#counts, pictures: pictures + 1, drawCalls: drawCalls + passes.length }
  }

  dispose(): void {
    this.#image = null
    this.#sprites.clear()
  }

  #drawPass(pixels: Uint32Array, width: number, picture: Picture, pass: Pass): void {
    const levels = picture.scene.turn == null ? 1 : depthLevels
    const looks = Array.from({ length: levels }, (_, level) => {
      const far = levels === 1 ? null : level / (levels - 1)
      return lookUp(picture, pass, this.#spritesFor(picture, pass, far))
    })
    drawPoints(pixels, width, picture, pass, looks, this.#ratio)
  }

  /** Kept for a few looks: passes take turns, and zooming changes the size in steps. */
  #spritesFor({ radius, theme }: Picture, { opacity, rim }: Pass, far: number | null): Sprites {
    const ratio = this.#ratio
    const [size, strength] = far === null ? [1, 1] : [sizeAt(far), opacityAt(far)]
    const look = {
      radius: radius * ratio * size,
      rim: rim * ratio,
      surface: theme.surface,
      opacity: opacity * strength,
    }
    const key = Object.values(look).join()
    const known = this.#sprites.get(key)
    if (known !== undefined) return known
    if (this.#sprites.size >= 16) this.#sprites.clear()
    const made = new Sprites(look)
    this.#sprites.set(key, made)
    return made
  }
}

/** Steps in which turned points grow smaller and fainter. */
const depthLevels = 4

/** Sprite of a class's shape in a palette entry's colour; null for a hidden class. */
type LookUp = (label: number, entry: number) => Sprite | null

function lookUp({ palette, colours, hidden, shapes, theme }: Picture, pass: Pass, sprites: Sprites): LookUp {
  const grey = pass.points === 'others'
  const inks = colours === null ? palette : colours.palette
  const ofEntries = colours?.shaped === true
  const made: (Sprite | null | undefined)[] = []
  return (label, entry) => {
    const at = shapes || hidden.size > 0 ? label * inks.length + entry : entry
    const known = made[at]
    if (known !== undefined) return known
    const colour = grey ? theme.context : (inks[entry] ?? theme.context)
    const sprite = hidden.has(label)
      ? null
      : sprites.of(shapes ? shapeOf(ofEntries ? entry : label) : 'circle', colour)
    made[at] = sprite
    return sprite
  }
}

const levelOf = (scene: Scene, index: number, levels: number): number =>
  Math.min(levels - 1, Math.max(0, Math.floor(farOf(scene, index) * levels)))

/** @param pixels [height * width] of the canvas, device pixels */
function drawPoints(
  pixels: Uint32Array,
  width: number,
  picture: Picture,
  pass: Pass,
  /** By distance, the nearest first. */
  looks: readonly LookUp[],
  ratio: number,
): void {
  const { scene, view, area } = picture
  const { labels } = scene
  const entries = picture.colours === null ? labels : picture.colours.of
  const only = picture.only?.mask
  const selected = pass.points === 'all' ? undefined : picture.selected?.mask
  const wanted = pass.points === 'selected' ? 1 : 0
  const left = Math.round(area.left * ratio)
  const top = Math.round(area.top * ratio)
  const right = Math.round((area.left + area.width) * ratio)
  const bottom = Math.round((area.top + area.height) * ratio)
  const [scaleX, scaleY] = [view.scaleX * ratio, -view.scaleY * ratio]
  const [originX, originY] = [view.originX * ratio, view.originY * ratio]
  const near = looks[0]
  const { values, size, horizontal, vertical } = scene
  // Read here and not by xOf: of a million points every call tells.
  const plain = vertical !== null && scene.turn == null
  for (let i = 0; i < scene.count; i++) {
    const fx = originX + scaleX * (plain ? (values[i * size + horizontal] as number) : xOf(scene, i))
    const fy = originY + scaleY * (plain ? (values[i * size + vertical] as number) : yOf(scene, i))
    // Also leaves out what is not a number.
    if (!(fx > left - farthest && fx < right + farthest && fy > top - farthest && fy < bottom + farthest))
      continue
    if (only !== undefined && only[i] !== 1) continue
    if (selected !== undefined && (selected[i] ?? 0) !== wanted) continue
    const spriteOf = looks.length === 1 ? near : looks[levelOf(scene, i, looks.length)]
    const sprite = spriteOf?.(labels[i] as number, entries[i] as number) ?? null
    if (sprite === null) continue
    const { colours, reach } = sprite
    const [x, y] = [Math.round(fx), Math.round(fy)]
    if (x - reach < left || x + reach > right || y - reach < top || y + reach > bottom) {
      drawCut(pixels, width, sprite, x, y, { left, top, right, bottom })
      continue
    }
    stamp(pixels, y * width + x, offsetsOf(sprite, width), colours)
  }
}

/** No sprite reaches farther, device pixels. */
const farthest = 64

/** At the edge, where each of its pixels is asked whether it lies within. */
function drawCut(
  pixels: Uint32Array,
  width: number,
  { dx, dy, colours }: Sprite,
  x: number,
  y: number,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
): void {
  const within = Array.from(colours.keys()).filter(k => {
    const [column, row] = [x + (dx[k] as number), y + (dy[k] as number)]
    return column >= left && column < right && row >= top && row < bottom
  })
  const offsets = Int32Array.from(within, k => (dx[k] as number) + (dy[k] as number) * width)
  stamp(
    pixels,
    y * width + x,
    offsets,
    Uint32Array.from(within, k => colours[k] as number),
  )
}

/** @throws Error where the browser gives no drawing context */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser gives no canvas to draw on.')
  return context
}
