import type { Random } from '../random.ts'

/** A displacement of each pixel, px, [height * width] each. */
export interface Field {
  readonly x: Float32Array
  readonly y: Float32Array
}

/** Smoothing of the field, as a share of the image's side: 4 px of 28, as Simard and others have it for digits. */
const smoothness = 1 / 7
/** As many runs of a moving mean come close to a Gaussian. */
const runs = 3

/**
 * Random displacements that neighbouring pixels share: independent ones, smoothed, and scaled to a root mean square of so
 * many px (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document
 * analysis", ICDAR 2003, section 2).
 */
export function elasticField(height: number, width: number, size: number, random: Random): Field {
  const deviation = smoothness * Math.max(height, width)
  // A moving mean of 2 r + 1 values has the variance r (r + 1) / 3, and those of several runs add up.
  const radius = Math.max(1, Math.round((Math.sqrt(1 + (12 * deviation ** 2) / runs) - 1) / 2))
  const line = new Float64Array(Math.max(height, width))
  const one = (): Float32Array => {
    const field = new Float32Array(height * width)
    for (let i = 0; i < field.length; i++) field[i] = random.uint32() - 2 ** 31
    for (let run = 0; run < runs; run++) {
      for (let y = 0; y < height; y++) movingMean(field, y * width, 1, width, radius, line)
      for (let x = 0; x < width; x++) movingMean(field, x, width, height, radius, line)
    }
    scaleTo(field, size)
    return field
  }
  return { x: one(), y: one() }
}

function scaleTo(field: Float32Array, size: number): void {
  let squares = 0
  for (let i = 0; i < field.length; i++) squares += (field[i] as number) ** 2
  const factor = squares > 0 ? size / Math.sqrt(squares / field.length) : 0
  for (let i = 0; i < field.length; i++) field[i] = (field[i] as number) * factor
}

/** The mean of each value and `radius` to either side, along one line; what is beyond its ends counts as nothing. */
function movingMean(
  field: Float32Array,
  from: number,
  step: number,
  count: number,
  radius: number,
  line: Float64Array,
): void {
  for (let i = 0; i < count; i++) line[i] = field[from + i * step] as number
  let sum = 0
  for (let i = 0; i < Math.min(radius, count); i++) sum += line[i] as number
  for (let i = 0; i < count; i++) {
    if (i + radius < count) sum += line[i + radius] as number
    if (i - radius - 1 >= 0) sum -= line[i - radius - 1] as number
    field[from + i * step] = sum / (2 * radius + 1)
  }
}
