import { shapes } from '../../../shared/drawing/markers.ts'
import { coverageOf } from '../marker-raster.ts'
import { channels, edgeOf } from '../sprites.ts'
import type { Uploaded } from './point-buffers.ts'

/** Entries in a row of a colour texture; the shader counts with it. */
const across = 256

/** A texture that is filled anew only when what it shows differs. */
abstract class Texture {
  protected readonly gl: WebGL2RenderingContext
  protected readonly uploaded: Uploaded
  readonly #target: number
  readonly #unit: number
  readonly #texture: WebGLTexture
  #holds = ''

  constructor(gl: WebGL2RenderingContext, unit: number, target: number, filter: number, uploaded: Uploaded) {
    this.gl = gl
    this.uploaded = uploaded
    this.#unit = unit
    this.#target = target
    this.#texture = gl.createTexture()
    this.bind()
    gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, filter)
    gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, filter)
    gl.texParameteri(target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
  }

  protected bind(): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + this.#unit)
    this.gl.bindTexture(this.#target, this.#texture)
  }

  protected fill(holds: string, fill: () => void): void {
    this.bind()
    if (holds === this.#holds) return
    fill()
    this.#holds = holds
  }
}

/** Colours by index, read without filtering. */
export class ColourTexture extends Texture {
  constructor(gl: WebGL2RenderingContext, unit: number, uploaded: Uploaded) {
    super(gl, unit, gl.TEXTURE_2D, gl.NEAREST, uploaded)
  }

  /** @param colours '#rrggbb' @param shown which of them are opaque; the others are transparent */
  use(colours: readonly string[], shown: (index: number) => boolean): void {
    const rows = Math.max(1, Math.ceil(colours.length / across))
    const pixels = new Uint8Array(across * rows * 4)
    colours.forEach((colour, i) => {
      pixels.set(channels(colour), i * 4)
      pixels[i * 4 + 3] = shown(i) ? 255 : 0
    })
    this.fill(pixels.join(), () => {
      const { gl } = this
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, across, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
      this.uploaded(pixels.byteLength)
    })
  }
}

/** The markers' coverage with and without a rim, a layer a shape: the same as the processor draws (sprites.ts). */
export class MarkerTexture extends Texture {
  constructor(gl: WebGL2RenderingContext, unit: number, uploaded: Uploaded) {
    super(gl, unit, gl.TEXTURE_2D_ARRAY, gl.LINEAR, uploaded)
  }

  /** @param radius device pixels @param all every shape; else the disc alone @returns the square's side, device pixels */
  use(radius: number, rim: number, all: boolean): number {
    // A disc fills a square, of which every pixel costs; a star's points reach farther.
    const edge = all ? edgeOf({ radius, rim }) : 2 * Math.ceil(radius + rim)
    const layers = all ? shapes : (['circle'] as const)
    this.fill([radius, rim, all].join(), () => {
      const pixels = new Uint8Array(edge * edge * 2 * layers.length)
      layers.forEach((shape, layer) => {
        const masks = [coverageOf(shape, radius, edge), coverageOf(shape, radius + rim, edge)]
        masks.forEach((mask, channel) => {
          mask.forEach((value, i) => {
            pixels[(layer * edge * edge + i) * 2 + channel] = Math.round(value * 255)
          })
        })
      })
      const { gl } = this
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
      const [format, type] = [gl.RG, gl.UNSIGNED_BYTE]
      gl.texImage3D(gl.TEXTURE_2D_ARRAY, 0, gl.RG8, edge, edge, layers.length, 0, format, type, pixels)
      this.uploaded(pixels.byteLength)
    })
    return edge
  }
}
