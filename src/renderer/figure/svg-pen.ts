import { markerPath } from '../../shared/drawing/marker-path.ts'
import type { Area } from '../explorer/view-transform.ts'
import { figureFont } from './figure.ts'
import type { MarkerLook, Pen, TextLook } from './pen.ts'
import { SvgDrawing } from './svg-drawing.ts'
import { escaped, short } from './svg-text.ts'

/**
 * Writes SVG 1.1: letters stay letters, and every marker is one element that points at its look, which is written once (a
 * quarter of the bytes). https://www.w3.org/TR/SVG11/
 */
export class SvgPen implements Pen {
  readonly #parts: string[] = []
  readonly #definitions: string[] = []
  readonly #looks = new Map<MarkerLook, string>()
  readonly drawing = new SvgDrawing(part => this.#write(part))

  fill({ left, top, width, height }: Area, colour: string): void {
    this.#write(
      `<rect x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}" fill="${colour}"/>`,
    )
  }

  line(x1: number, y1: number, x2: number, y2: number, colour: string, width: number): void {
    const ends = `x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}"`
    this.#write(`<line ${ends} stroke="${colour}" stroke-width="${width}"/>`)
  }

  text(text: string, x: number, y: number, look: TextLook): void {
    const { size, colour, anchor = 'start', bold = false, rim, upright = false } = look
    const looks = [`font-size="${size}"`, `fill="${colour}"`]
    if (anchor !== 'start') looks.push(`text-anchor="${anchor}"`)
    if (bold) looks.push('font-weight="600"')
    if (upright) looks.push(`transform="rotate(-90 ${short(x)} ${short(y)})"`)
    const at = `x="${short(x)}" y="${short(y)}"`
    // Twice rather than by paint-order, which many programs that read SVG do not know.
    if (rim !== undefined)
      this.#write(
        `<text ${at} ${looks.join(' ')} stroke="${rim}" stroke-width="3" stroke-linejoin="round" aria-hidden="true">${escaped(text)}</text>`,
      )
    this.#write(`<text ${at} ${looks.join(' ')}>${escaped(text)}</text>`)
  }

  marker(x: number, y: number, look: MarkerLook): void {
    let id = this.#looks.get(look)
    if (id === undefined) {
      id = `m${this.#looks.size}`
      this.#looks.set(look, id)
      const rim = look.rim === '' ? '' : ` stroke="${look.rim}" stroke-width="0.5"`
      const opacity = look.opacity === 1 ? '' : ` opacity="${look.opacity}"`
      const path = markerPath(look.shape, look.radius)
      this.#definitions.push(
        `<path id="${id}" d="${path}" fill="${look.colour}" fill-rule="evenodd"${rim}${opacity}/>`,
      )
    }
    this.#write(`<use xlink:href="#${id}" x="${short(x)}" y="${short(y)}"/>`)
  }

  /** @param address a data: address of a picture */
  picture(address: string, { left, top, width, height }: Area): void {
    this.#write(
      `<image x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}" xlink:href="${address}"/>`,
    )
  }

  begin(name: string, clip?: Area): void {
    if (clip === undefined) {
      this.#write(`<g id="${name}">`)
      return
    }
    const { left, top, width, height } = clip
    this.#definitions.push(
      `<clipPath id="clip-${name}"><rect x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}"/></clipPath>`,
    )
    this.#write(`<g id="${name}" clip-path="url(#clip-${name})">`)
  }

  end(): void {
    this.#write('</g>')
  }

  #write(part: string): void {
    this.#parts.push(part)
  }

  /** @param title read out by what cannot show it */
  finish(width: number, height: number, title: string): Blob {
    const head = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(figureFont)}">`,
      `<title>${escaped(title)}</title>`,
      `<defs>${this.#definitions.join('\n')}</defs>`,
    ]
    return new Blob([`${head.join('\n')}\n`, this.#parts.join('\n'), '\n</svg>\n'], { type: 'image/svg+xml' })
  }
}
