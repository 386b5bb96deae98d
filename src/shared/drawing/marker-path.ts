import { type Shape, traceMarker } from './markers.ts'

const short = (value: number): string => value.toFixed(2)

/** A marker as an SVG path around (0, 0), for where it stands beside words. Its arcs are whole circles. */
export function markerPath(shape: Shape, radius: number): string {
  const steps: string[] = []
  traceMarker(
    {
      moveTo: (x, y) => steps.push(`M${short(x)} ${short(y)}`),
      lineTo: (x, y) => steps.push(`L${short(x)} ${short(y)}`),
      closePath: () => steps.push('Z'),
      arc: (_x, _y, r) => {
        const half = (end: number) => `a${short(r)} ${short(r)} 0 0 1 ${short(end)} 0`
        steps.push(half(-2 * r), half(2 * r), 'Z')
      },
    },
    shape,
    0,
    0,
    radius,
  )
  return steps.join('')
}
