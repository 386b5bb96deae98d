import {
  type DrawCounts,
  type Pass,
  type Picture,
  passesOf,
  type ScatterRenderer,
} from '../scatter-renderer.ts'
import { channels } from '../sprites.ts'
import { fromX, fromY } from '../view-transform.ts'
import { PointBuffers } from './point-buffers.ts'
import { compile, type Program } from './program.ts'
import { fragmentShader, vertexShader } from './shaders.ts'
import { ColourTexture, MarkerTexture } from './textures.ts'

/** What lives on the graphics card, and goes with it when it is lost. */
interface Resources {
  readonly program: Program
  readonly points: PointBuffers
  readonly classes: ColourTexture
  readonly entries: ColourTexture
  readonly markers: MarkerTexture
}

const units = { classes: 0, entries: 1, markers: 2 } as const

/**
 * Draws the points with the graphics card. What went there stays: panning, zooming and turning set a handful of numbers,
 * and a selection uploads a byte a point.
 */
export class WebGLRenderer implements ScatterRenderer {
  readonly kind = 'webgl'
  readonly #canvas: HTMLCanvasElement
  readonly #gl: WebGL2RenderingContext
  #resources: Resources | null
  #counts: DrawCounts = { pictures: 0, drawCalls: 0, uploads: 0, bytes: 0 }
  #ratio = 1
  #last: Picture | null = null

  constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext) {
    this.#canvas = canvas
    this.#gl = gl
    this.#resources = this.#makeResources()
    canvas.addEventListener('webglcontextlost', this.#onLost)
    canvas.addEventListener('webglcontextrestored', this.#onRestored)
  }

  get counts(): DrawCounts {
    return this.#counts
  }

  resize(width: number, height: number, ratio: number): void {
    this.#ratio = ratio
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
  }

  draw(picture: Picture | null): void {
    this.#last = picture
    const gl = this.#gl
    if (this.#resources === null) return
    gl.viewport(0, 0, this.#canvas.width, this.#canvas.height)
    gl.disable(gl.SCISSOR_TEST)
    gl.clear(gl.COLOR_BUFFER_BIT)
    this.#counts = { ...this.#counts, pictures: this.#counts.pictures + 1 }
    if (picture === null || picture.scene.count === 0) return
    this.#setPicture(picture, this.#resources)
    for (const pass of passesOf(picture)) this.#drawPass(picture, pass, this.#resources)
  }

  dispose(): void {
    this.#canvas.removeEventListener('webglcontextlost', this.#onLost)
    this.#canvas.removeEventListener('webglcontextrestored', this.#onRestored)
    this.#last = null
    this.#resources = null
    // A browser gives a page some 16 contexts and takes the oldest away: this one is given back.
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  #setPicture(picture: Picture, { program, points, classes, entries }: Resources): void {
    const gl = this.#gl
    const { area, colours, hidden, palette, scene, shapes, theme, view } = picture
    const ratio = this.#ratio
    const { width, height } = this.#canvas
    gl.enable(gl.SCISSOR_TEST)
    const left = Math.round(area.left * ratio)
    const below = height - Math.round((area.top + area.height) * ratio)
    gl.scissor(left, below, Math.round(area.width * ratio), Math.round(area.height * ratio))
    points.use(picture)
    classes.use(palette, label => !hidden.has(label))
    entries.use(colours === null ? palette : colours.palette, () => true)
    const set = program.uniform
    const [middleX, middleY] = [fromX(view, width / ratio / 2), fromY(view, height / ratio / 2)]
    gl.uniform2f(set('middle'), Math.fround(middleX), Math.fround(middleY))
    gl.uniform2f(set('middleRest'), middleX - Math.fround(middleX), middleY - Math.fround(middleY))
    gl.uniform2f(set('scale'), (2 * view.scaleX * ratio) / width, (2 * view.scaleY * ratio) / height)
    gl.uniform4fv(set('right'), scene.turn?.right ?? [1, 0, 0, 0])
    gl.uniform4fv(set('up'), scene.turn?.up ?? [0, 1, 0, 0])
    gl.uniform4fv(set('away'), scene.turn?.away ?? [0, 0, 0, 0])
    gl.uniform1i(set('turned'), scene.turn == null ? 0 : 1)
    gl.uniform1i(set('strip'), scene.vertical === null ? 1 : 0)
    gl.uniform1i(set('shapes'), shapes ? (colours?.shaped === true ? 2 : 1) : 0)
    gl.uniform4fv(set('context'), [...shares(theme.context), 1])
    gl.uniform3fv(set('surface'), shares(theme.surface))
  }

  #drawPass({ radius, scene, shapes }: Picture, pass: Pass, { markers, program }: Resources): void {
    const gl = this.#gl
    const edge = markers.use(radius * this.#ratio, pass.rim * this.#ratio, shapes)
    gl.uniform1f(program.uniform('size'), edge)
    gl.uniform1f(program.uniform('opacity'), pass.opacity)
    gl.uniform1i(program.uniform('points'), { all: 0, selected: 1, others: 2 }[pass.points])
    gl.drawArrays(gl.POINTS, 0, scene.count)
    this.#counts = { ...this.#counts, drawCalls: this.#counts.drawCalls + 1 }
  }

  #makeResources(): Resources {
    const gl = this.#gl
    const uploaded = (bytes: number) => {
      const { uploads, bytes: before } = this.#counts
      this.#counts = { ...this.#counts, uploads: uploads + 1, bytes: before + bytes }
    }
    const program = compile(gl, vertexShader, fragmentShader)
    gl.useProgram(program.program)
    gl.clearColor(0, 0, 0, 0)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    for (const [name, unit] of Object.entries(units)) gl.uniform1i(program.uniform(name), unit)
    return {
      program,
      points: new PointBuffers(gl, uploaded),
      classes: new ColourTexture(gl, units.classes, uploaded),
      entries: new ColourTexture(gl, units.entries, uploaded),
      markers: new MarkerTexture(gl, units.markers, uploaded),
    }
  }

  /** Without preventDefault it would never come back. */
  readonly #onLost = (event: Event): void => {
    event.preventDefault()
    this.#resources = null
  }

  readonly #onRestored = (): void => {
    this.#resources = this.#makeResources()
    this.draw(this.#last)
  }
}

const shares = (colour: string): number[] => channels(colour).map(value => value / 255)

/** @returns null where the browser has no WebGL2 */
export function webglOf(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  if (typeof WebGL2RenderingContext === 'undefined') return null
  return canvas.getContext('webgl2', {
    alpha: true,
    premultipliedAlpha: true,
    // The markers' edges are smooth by themselves.
    antialias: false,
    depth: false,
    stencil: false,
    preserveDrawingBuffer: false,
    powerPreference: 'high-performance',
  })
}
