import type { LossSeries } from '../training/loss-curve.ts'

/** The time bar's track: the loss in small, the kept moments below it, and where one is. */
export interface Track {
  /** CSS px. */
  readonly width: number
  readonly height: number
  readonly series: LossSeries
  /** Iteration at the right end. */
  readonly last: number
  readonly iterations: Int32Array
  /** Iteration that is looked at. */
  readonly at: number
  readonly colours: {
    readonly line: string
    readonly accent: string
    readonly quiet: string
    readonly surface: string
  }
}

/** Room for half of the handle on either side, CSS px. */
export const trackInset = 7

const tickHeight = 5
const knob = 5

/** Where an iteration lies, CSS px from the left edge. */
export const placeOf = (iteration: number, last: number, width: number): number =>
  trackInset + (last === 0 ? 1 : iteration / last) * (width - 2 * trackInset)

/** Its opposite, kept within the training. */
export function iterationAt(x: number, last: number, width: number): number {
  const share = (x - trackInset) / Math.max(1, width - 2 * trackInset)
  return Math.min(1, Math.max(0, share)) * last
}

/** On a canvas of CSS px. The loss is drawn by its logarithm: most of the way is in its last tenth. */
export function drawTrack(context: CanvasRenderingContext2D, track: Track): void {
  const { width, height, iterations, last, at, colours } = track
  context.clearRect(0, 0, width, height)
  const bottom = height - tickHeight - 3
  const here = placeOf(at, last, width)
  context.fillStyle = colours.quiet
  context.globalAlpha = 0.5
  for (const iteration of iterations) {
    context.fillRect(Math.round(placeOf(iteration, last, width)), height - tickHeight, 1, tickHeight)
  }
  // What is still to come is faint.
  for (const [from, to, colour, alpha] of [
    [0, here, colours.accent, 1],
    [here, width, colours.quiet, 0.55],
  ] as const) {
    context.save()
    context.beginPath()
    context.rect(from, 0, to - from, height)
    context.clip()
    context.globalAlpha = alpha
    drawLoss(context, track, bottom, colour)
    context.restore()
  }
  context.globalAlpha = 1
  context.fillStyle = colours.accent
  context.fillRect(here - 1, 0, 2, height)
  context.beginPath()
  context.arc(here, bottom / 2, knob, 0, 2 * Math.PI)
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = colours.surface
  context.stroke()
}

function drawLoss(context: CanvasRenderingContext2D, track: Track, bottom: number, colour: string): void {
  const { series, last, width } = track
  const points = series.smooth.filter(({ y }) => Number.isFinite(y) && y > 0)
  const logs = points.map(({ y }) => Math.log(y))
  const low = Math.min(...logs)
  const span = Math.max(Math.max(...logs) - low, 1e-6)
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.lineJoin = 'round'
  context.beginPath()
  points.forEach(({ x }, i) => {
    const y = 2 + (1 - ((logs[i] as number) - low) / span) * (bottom - 4)
    context.lineTo(placeOf(Math.min(x, last), last, width), y)
  })
  context.stroke()
}
