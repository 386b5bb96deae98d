import { type Shape, traceMarker } from '../../shared/drawing/markers.ts'

/** Samples along each edge of a pixel: 16 steps of coverage are as smooth as the eye can tell at this size. */
const samples = 4
/** Corners that stand for a circle. */
const arcSteps = 32

type Corner = readonly [x: number, y: number]

/**
 * How much of each pixel a marker covers, [edge, edge], 0 to 1. The marker sits in the middle. Computed here and not
 * read back from a canvas, which browsers that guard against fingerprinting answer with noise.
 */
export function coverageOf(shape: Shape, radius: number, edge: number): Float32Array {
  const outlines = outlinesOf(shape, edge / 2, radius)
  const coverage = new Float32Array(edge * edge)
  for (let sample = 0; sample < edge * samples * edge * samples; sample++) {
    const column = sample % (edge * samples)
    const row = Math.floor(sample / (edge * samples))
    if (!isInside(outlines, (column + 0.5) / samples, (row + 0.5) / samples)) continue
    const pixel = Math.floor(row / samples) * edge + Math.floor(column / samples)
    coverage[pixel] = (coverage[pixel] as number) + 1 / samples ** 2
  }
  return coverage
}

function outlinesOf(shape: Shape, middle: number, radius: number): Corner[][] {
  const outlines: Corner[][] = []
  const add = (x: number, y: number) => outlines.at(-1)?.push([x, y])
  const pen = {
    moveTo: (x: number, y: number) => {
      outlines.push([])
      add(x, y)
    },
    lineTo: add,
    closePath: () => {},
    arc: (x: number, y: number, r: number) => {
      for (let i = 1; i < arcSteps; i++) {
        const angle = (i / arcSteps) * 2 * Math.PI
        add(x + r * Math.cos(angle), y + r * Math.sin(angle))
      }
    },
  }
  traceMarker(pen, shape, middle, middle, radius)
  return outlines
}

/** Even-odd rule: inside where a ray to the right crosses outlines an odd number of times. */
function isInside(outlines: readonly (readonly Corner[])[], x: number, y: number): boolean {
  let inside = false
  for (const corners of outlines) {
    let [x1, y1] = corners.at(-1) as Corner
    for (const [x2, y2] of corners) {
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
      x1 = x2
      y1 = y2
    }
  }
  return inside
}
