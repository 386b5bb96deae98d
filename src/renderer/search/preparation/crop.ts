import type { Area } from '../../../shared/contract.ts'

/** A corner of the rectangle that is drawn, as shares of the picture's width and height. */
export type Corner = readonly [x: number, y: number]

export interface Size {
  readonly width: number
  readonly height: number
}

const within = (value: number): number => Math.min(1, Math.max(0, value))

/**
 * The pixels between two corners, each of them wholly in it.
 * @returns null for less than two pixels in either direction: a click, which means the whole picture
 */
export function areaBetween(first: Corner, second: Corner, { width, height }: Size): Area | null {
  const edge = (at: 0 | 1, size: number): [number, number] => {
    const [a, b] = [within(first[at]) * size, within(second[at]) * size]
    return [Math.floor(Math.min(a, b)), Math.ceil(Math.max(a, b))]
  }
  const [left, right] = edge(0, width)
  const [top, bottom] = edge(1, height)
  if (right - left < 2 || bottom - top < 2) return null
  return { left, top, width: right - left, height: bottom - top }
}

export const wholeOf = ({ width, height }: Size): Area => ({ left: 0, top: 0, width, height })

/** One of its numbers changed by hand; what would lie outside of the picture is held back. */
export function changed(area: Area, name: keyof Area, value: number, { width, height }: Size): Area {
  const next = { ...area, [name]: Math.round(value) }
  const left = Math.min(Math.max(0, next.left), width - 1)
  const top = Math.min(Math.max(0, next.top), height - 1)
  return {
    left,
    top,
    width: Math.min(Math.max(1, next.width), width - left),
    height: Math.min(Math.max(1, next.height), height - top),
  }
}

/** Where an area lies over the picture, for CSS. */
export const styleOf = ({ left, top, width, height }: Area, size: Size) => ({
  left: `${(100 * left) / size.width}%`,
  top: `${(100 * top) / size.height}%`,
  width: `${(100 * width) / size.width}%`,
  height: `${(100 * height) / size.height}%`,
})
