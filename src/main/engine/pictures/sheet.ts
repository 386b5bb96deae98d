import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import type { ImageShape } from '../data/data-set.ts'
import { toPng } from './png.ts'

/** One tile of a sheet: an image, or two side by side for a pair, with lines of text below. */
export interface Tile {
  readonly images: readonly Uint8Array[]
  readonly caption: readonly string[]
  /** Set apart by a frame: the query among its neighbours. */
  readonly framed?: boolean
}

const side = 112
const gap = 20
const lineHeight = 17
const titleHeight = 34
const ink = '#1a1d21'
const quiet = '#5b6470'
const accent = '#0b62c4'

/** DejaVu Sans travels with the app, because a bare machine has no fonts and text would silently vanish. */
const font = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')

/**
 * A picture of tiles in rows, as a PNG file.
 * @param shape of every image
 */
export async function drawSheet(
  title: string,
  tiles: readonly Tile[],
  columns: number,
  shape: ImageShape,
): Promise<Buffer> {
  const perTile = Math.max(...tiles.map(tile => tile.images.length))
  const lines = Math.max(...tiles.map(tile => tile.caption.length))
  const tileWidth = perTile * side + (perTile - 1) * 4
  const tileHeight = side + lines * lineHeight + 6
  const rows = Math.ceil(tiles.length / columns)
  const width = gap + Math.min(columns, tiles.length) * (tileWidth + gap)
  const height = titleHeight + gap + rows * (tileHeight + gap)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${gap}" y="${titleHeight}" font-size="16" fill="${ink}">${escapeXml(title)}</text>`,
  ]
  for (const [i, tile] of tiles.entries()) {
    const x = gap + (i % columns) * (tileWidth + gap)
    const y = titleHeight + gap + Math.floor(i / columns) * (tileHeight + gap)
    for (const [j, pixels] of tile.images.entries()) {
      const png = await toPng(pixels, shape)
      const data = `data:image/png;base64,${png.toString('base64')}`
      parts.push(
        `<image x="${x + j * (side + 4)}" y="${y}" width="${side}" height="${side}" image-rendering="optimizeSpeed" href="${data}"/>`,
      )
    }
    if (tile.framed === true) {
      parts.push(
        `<rect x="${x - 3}" y="${y - 3}" width="${tileWidth + 6}" height="${side + 6}" fill="none" stroke="${accent}" stroke-width="3"/>`,
      )
    }
    tile.caption.forEach((line, k) => {
      const at = `x="${x}" y="${y + side + (k + 1) * lineHeight}"`
      parts.push(`<text ${at} font-size="13" fill="${k === 0 ? ink : quiet}">${escapeXml(line)}</text>`)
    })
  }
  parts.push('</svg>')
  return new Resvg(parts.join(''), { font: { fontFiles: [font], loadSystemFonts: false } }).render().asPng()
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, character => entities[character] as string)
