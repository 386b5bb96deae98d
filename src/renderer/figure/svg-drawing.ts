import type { Drawing } from '../explorer/drawing.ts'
import { escaped, short } from './svg-text.ts'

type Looks = Pick<
  Drawing,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
> & { dash: readonly number[] }

const anchors = { start: 'start', left: 'start', center: 'middle', end: 'end', right: 'end' } as const

/** How the letters' middle lies above their base line, of their size. */
const middle = 0.35

/** Writes what a canvas would be drawn as elements of SVG: paths as vectors, letters as letters. */
export class SvgDrawing implements Drawing {
  readonly #write: (part: string) => void
  readonly #kept: Looks[] = []
  #path = ''
  fillStyle: Drawing['fillStyle'] = '#000000'
  strokeStyle: Drawing['strokeStyle'] = '#000000'
  lineWidth = 1
  lineJoin: CanvasLineJoin = 'miter'
  lineCap: CanvasLineCap = 'butt'
  globalAlpha = 1
  font = '10px sans-serif'
  textAlign: CanvasTextAlign = 'start'
  textBaseline: CanvasTextBaseline = 'alphabetic'
  dash: readonly number[] = []

  constructor(write: (part: string) => void) {
    this.#write = write
  }

  save(): void {
    const {
      fillStyle,
      strokeStyle,
      lineWidth,
      lineJoin,
      lineCap,
      globalAlpha,
      font,
      textAlign,
      textBaseline,
      dash,
    } = this
    this.#kept.push({
      fillStyle,
      strokeStyle,
      lineWidth,
      lineJoin,
      lineCap,
      globalAlpha,
      font,
      textAlign,
      textBaseline,
      dash,
    })
  }

  restore(): void {
    Object.assign(this, this.#kept.pop())
  }

  beginPath(): void {
    this.#path = ''
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${short(x)} ${short(y)}`
  }

  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === '' ? 'M' : 'L'}${short(x)} ${short(y)}`
  }

  closePath(): void {
    this.#path += 'Z'
  }

  arc(x: number, y: number, radius: number): void {
    const half = (end: number) => `a${short(radius)} ${short(radius)} 0 0 1 ${short(end)} 0`
    this.#path += `M${short(x + radius)} ${short(y)}${half(-2 * radius)}${half(2 * radius)}Z`
  }

  setLineDash(lengths: number[]): void {
    this.dash = lengths
  }

  stroke(): void {
    if (this.#path !== '') this.#write(`<path d="${this.#path}" fill="none"${this.#stroked()}/>`)
  }

  fill(rule: CanvasFillRule = 'nonzero'): void {
    if (this.#path === '') return
    const evenOdd = rule === 'evenodd' ? ' fill-rule="evenodd"' : ''
    this.#write(`<path d="${this.#path}" fill="${this.fillStyle}"${evenOdd}${this.#opacity()}/>`)
  }

  strokeText(text: string, x: number, y: number): void {
    this.#write(
      `<text${this.#lettered(x, y)} fill="none"${this.#stroked()} aria-hidden="true">${escaped(text)}</text>`,
    )
  }

  fillText(text: string, x: number, y: number): void {
    const fill = ` fill="${this.fillStyle}"${this.#opacity()}`
    this.#write(`<text${this.#lettered(x, y)}${fill}>${escaped(text)}</text>`)
  }

  #opacity(): string {
    return this.globalAlpha === 1 ? '' : ` opacity="${this.globalAlpha}"`
  }

  #stroked(): string {
    const { strokeStyle, lineWidth, lineJoin, lineCap, dash } = this
    const parts = [` stroke="${strokeStyle}" stroke-width="${lineWidth}"`]
    if (lineJoin !== 'miter') parts.push(`stroke-linejoin="${lineJoin}"`)
    if (lineCap !== 'butt') parts.push(`stroke-linecap="${lineCap}"`)
    if (dash.length > 0) parts.push(`stroke-dasharray="${dash.join(' ')}"`)
    return parts.join(' ') + this.#opacity()
  }

  /** The family is the figure's own. */
  #lettered(x: number, y: number): string {
    const { font, textAlign, textBaseline } = this
    const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 10)
    const weight = /^(\d+) /.exec(font)?.[1]
    const base = textBaseline === 'middle' ? y + middle * size : y
    const bold = weight === undefined ? '' : ` font-weight="${weight}"`
    return ` x="${short(x)}" y="${short(base)}" font-size="${size}" text-anchor="${anchors[textAlign]}"${bold}`
  }
}
