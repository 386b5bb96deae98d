/** A second signal beside the hue: the classes' shapes, in this order, then from the start again. */
export const shapes = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'cross',
  'plus',
  'triangle down',
  'star',
  'hexagon',
  'ring',
] as const
export type Shape = (typeof shapes)[number]

export const shapeOf = (label: number): Shape => shapes[label % shapes.length] as Shape

/** What a marker is traced with: a canvas's context, or whatever writes a path. */
interface Pen {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  closePath(): void
  arc(x: number, y: number, radius: number, from: number, to: number): void
}

/** Corners of a regular polygon or star, clockwise from `turn` (in whole turns, 0 is up). */
function polygon(pen: Pen, x: number, y: number, radii: readonly number[], corners: number, turn = 0): void {
  for (let i = 0; i < corners; i++) {
    const angle = (i / corners + turn - 0.25) * 2 * Math.PI
    const radius = radii[i % radii.length] as number
    const px = x + radius * Math.cos(angle)
    const py = y + radius * Math.sin(angle)
    if (i === 0) pen.moveTo(px, py)
    else pen.lineTo(px, py)
  }
  pen.closePath()
}

/** Two bars of equal arms, turned: plus at 0, cross at 1/8. */
function bars(pen: Pen, x: number, y: number, radius: number, turn: number): void {
  const inner = radius * 0.45
  const outer = Math.hypot(radius, radius * 0.32)
  const side = Math.atan2(radius * 0.32, radius) / (2 * Math.PI)
  for (let arm = 0; arm < 4; arm++) {
    for (const [share, distance] of [
      [-side, outer],
      [side, outer],
      [0.125, inner],
    ] as const) {
      const angle = (arm / 4 + turn + share - 0.25) * 2 * Math.PI
      const px = x + distance * Math.cos(angle)
      const py = y + distance * Math.sin(angle)
      if (arm === 0 && share < 0) pen.moveTo(px, py)
      else pen.lineTo(px, py)
    }
  }
  pen.closePath()
}

function circle(pen: Pen, x: number, y: number, radius: number): void {
  pen.moveTo(x + radius, y)
  pen.arc(x, y, radius, 0, 2 * Math.PI)
}

type Tracer = (pen: Pen, x: number, y: number, radius: number) => void

/** All cover about the same area. */
const tracers: Record<Shape, Tracer> = {
  circle,
  square: (pen, x, y, radius) => polygon(pen, x, y, [radius * 1.25], 4, 0.125),
  triangle: (pen, x, y, radius) => polygon(pen, x, y, [radius * 1.45], 3),
  diamond: (pen, x, y, radius) => polygon(pen, x, y, [radius * 1.35], 4),
  cross: (pen, x, y, radius) => bars(pen, x, y, radius * 1.35, 0.125),
  plus: (pen, x, y, radius) => bars(pen, x, y, radius * 1.35, 0),
  'triangle down': (pen, x, y, radius) => polygon(pen, x, y, [radius * 1.45], 3, 0.5),
  star: (pen, x, y, radius) => polygon(pen, x, y, [radius * 1.5, radius * 0.65], 10),
  hexagon: (pen, x, y, radius) => polygon(pen, x, y, [radius * 1.15], 6),
  ring: (pen, x, y, radius) => {
    circle(pen, x, y, radius * 1.15)
    circle(pen, x, y, radius * 0.5)
  },
}

/**
 * Traces a marker; the caller fills it ('evenodd', for the ring's hole).
 * @param radius of the circle, px
 */
export function traceMarker(pen: Pen, shape: Shape, x: number, y: number, radius: number): void {
  tracers[shape](pen, x, y, radius)
}

/**
 * Dots for many points on little room, discs for few; they grow a little as one zooms in.
 * @param room of all points, CSS px squared @returns CSS px, in steps of a half
 */
export function markerRadius(count: number, room: number, zoom: number): number {
  const fitted = Math.min(5, Math.max(1, 0.45 * Math.sqrt(room / Math.max(1, count))))
  return Math.round(2 * Math.min(7, fitted * Math.max(1, zoom) ** 0.25)) / 2
}

/** Points of an embedding lie in clusters: on a spot with points lie about this many times as many as if they were spread evenly. */
const crowding = 4

/**
 * Many markers over one another are translucent, so that dense spots are told from sparse ones; few are solid.
 * @param radius CSS px @returns 0.3 to 1, in steps of a twentieth
 */
export function markerOpacity(count: number, room: number, zoom: number, radius: number): number {
  const markers = (crowding * count * Math.PI * radius ** 2) / (room * Math.max(1, zoom) ** 2)
  return Math.round(20 * Math.min(1, Math.max(0.3, 1.6 / Math.sqrt(markers)))) / 20
}
