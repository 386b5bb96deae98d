/** A place on the pad, in its own pixels. */
export type Spot = readonly [x: number, y: number]

export interface Stroke {
  /** Width of the brush in the pad's pixels. */
  readonly size: number
  /** Takes ink away. */
  readonly erases: boolean
  readonly spots: readonly Spot[]
}

/** What is on the pad, and what was before each change, the oldest first. A new value for every change. */
export interface Drawing {
  readonly strokes: readonly Stroke[]
  readonly past: readonly (readonly Stroke[])[]
}

export const blank: Drawing = { strokes: [], past: [] }

/** Each is a list of references: far more than anyone goes back costs nothing. */
const mostSteps = 500

const change = ({ strokes, past }: Drawing, next: readonly Stroke[]): Drawing => ({
  strokes: next,
  past: [...past, strokes].slice(-mostSteps),
})

export const add = (drawing: Drawing, stroke: Stroke): Drawing =>
  stroke.spots.length === 0 ? drawing : change(drawing, [...drawing.strokes, stroke])

/** It can be undone like a stroke. */
export const clear = (drawing: Drawing): Drawing =>
  drawing.strokes.length === 0 ? drawing : change(drawing, [])

export function undo({ strokes, past }: Drawing): Drawing {
  const before = past.at(-1)
  return before === undefined ? { strokes, past } : { strokes: before, past: past.slice(0, -1) }
}

/** The part of a 2-D context that strokes are painted with. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'stroke' | 'fillRect'
> & { lineWidth: number; lineCap: CanvasLineCap; lineJoin: CanvasLineJoin } & {
  strokeStyle: string | CanvasGradient | CanvasPattern
  fillStyle: string | CanvasGradient | CanvasPattern
}

/** Light on dark, as the network's own images are. */
const ink = '#ffffff'
const ground = '#000000'

/** @param from the first spot that is new: the line goes on from the one before it */
export function paintStroke(brush: Brush, { size, erases, spots }: Stroke, from = 0): void {
  const first = spots[Math.max(0, from - 1)]
  if (first === undefined) return
  brush.lineWidth = size
  brush.lineCap = 'round'
  brush.lineJoin = 'round'
  brush.strokeStyle = erases ? ground : ink
  brush.beginPath()
  brush.moveTo(...first)
  // A line to where it begins is a dot.
  for (const spot of spots.slice(Math.max(from, 0))) brush.lineTo(...spot)
  brush.stroke()
}

export function paintAll(brush: Brush, strokes: readonly Stroke[], width: number, height: number): void {
  brush.fillStyle = ground
  brush.fillRect(0, 0, width, height)
  for (const stroke of strokes) paintStroke(brush, stroke)
}
