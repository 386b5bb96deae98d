import type { Shape } from '../../shared/drawing/markers.ts'
import { coverageOf } from './marker-raster.ts'

/** One marker as the pixels that it touches, around its point: [pixels] each. */
export interface Sprite {
  readonly dx: Int16Array
  readonly dy: Int16Array
  /** As in ImageData: red in the lowest byte, opacity in the highest. */
  readonly colours: Uint32Array
  /** No pixel is farther away than this in either direction. */
  readonly reach: number
  /** Where the pixels lie from its point in an image of some width; see offsetsOf. */
  offsets: Int32Array
  offsetsWidth: number
}

/** How far each pixel is from the point's in an image of so many pixels a row; kept with the sprite. */
export function offsetsOf(sprite: Sprite, width: number): Int32Array {
  if (sprite.offsetsWidth !== width) {
    sprite.offsets = Int32Array.from(sprite.dx, (dx, k) => dx + (sprite.dy[k] as number) * width)
    sprite.offsetsWidth = width
  }
  return sprite.offsets
}

export interface SpriteLook {
  /** Device pixels. */
  readonly radius: number
  /** Rim in the background's colour, which tells overlapping points apart; device pixels, 0 for none. */
  readonly rim: number
  /** '#rrggbb' */
  readonly surface: string
  /** Of the whole marker, above 0 to 1. */
  readonly opacity: number
}

/** Device pixels along each side of the square that a marker with its rim fits into. */
export const edgeOf = ({ radius, rim }: Pick<SpriteLook, 'radius' | 'rim'>): number =>
  2 * Math.ceil((radius + rim) * 1.6)

/** Markers of one look, each made when it is first asked for. */
export class Sprites {
  readonly #look: SpriteLook
  readonly #masks = new Map<Shape, readonly [inner: Float32Array, outer: Float32Array]>()
  readonly #made = new Map<string, Sprite>()

  constructor(look: SpriteLook) {
    this.#look = look
  }

  /** @param colour '#rrggbb' @throws Error for a colour that is written in another way */
  of(shape: Shape, colour: string): Sprite {
    const key = `${shape} ${colour}`
    const sprite = this.#made.get(key) ?? this.#make(shape, colour)
    this.#made.set(key, sprite)
    return sprite
  }

  #make(shape: Shape, colour: string): Sprite {
    const { radius, rim, surface, opacity } = this.#look
    const edge = edgeOf(this.#look)
    const mask = this.#masks.get(shape) ?? [
      coverageOf(shape, radius, edge),
      coverageOf(shape, radius + rim, edge),
    ]
    this.#masks.set(shape, mask)
    return spriteOf(mask[0], mask[1], edge, channels(colour), channels(surface), opacity)
  }
}

type Channels = readonly [red: number, green: number, blue: number]

/** 0 to 255 each. @throws Error for a colour that is written in another way */
export const channels = (hex: string): Channels => {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`A colour must be written as #rrggbb, not "${hex}".`)
  const [red, green, blue] = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16))
  return [red as number, green as number, blue as number]
}

/** The marker lies on its rim, which is the same marker a little larger. */
function spriteOf(
  inner: Float32Array,
  outer: Float32Array,
  edge: number,
  ink: Channels,
  rim: Channels,
  strength: number,
): Sprite {
  const dx: number[] = []
  const dy: number[] = []
  const colours: number[] = []
  outer.forEach((around, i) => {
    const within = inner[i] as number
    const opacity = within + around * (1 - within)
    if (opacity === 0) return
    const mix = (a: number, b: number) => Math.round((a * within + b * around * (1 - within)) / opacity)
    const [red, green, blue] = [mix(ink[0], rim[0]), mix(ink[1], rim[1]), mix(ink[2], rim[2])]
    dx.push((i % edge) - edge / 2)
    dy.push(Math.floor(i / edge) - edge / 2)
    colours.push(red + green * 2 ** 8 + blue * 2 ** 16 + Math.round(opacity * strength * 255) * 2 ** 24)
  })
  return {
    dx: Int16Array.from(dx),
    dy: Int16Array.from(dy),
    colours: Uint32Array.from(colours),
    reach: edge / 2,
    offsets: new Int32Array(0),
    offsetsWidth: 0,
  }
}
