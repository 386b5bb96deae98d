import { type Constant, product } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'

/** [outputs, inputs, rows, columns] to [rows, columns, inputs, outputs]. */
export function kernelOf({ shape, values }: Constant): Constant {
  const [outputs, inputs, rows, columns] = four(shape)
  const turned = new Float32Array(values.length)
  let from = 0
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let place = 0; place < rows * columns; place++)
        turned[(place * inputs + i) * outputs + o] = values[from++] as number
  return { shape: [rows, columns, inputs, outputs], values: turned }
}

/** [channels * outputs of each, 1, rows, columns] to [rows, columns, channels, outputs of each]. */
export function depthwiseKernelOf({ shape, values }: Constant, channels: number): Constant {
  const [outputs, , rows, columns] = four(shape)
  const turned = new Float32Array(values.length)
  const places = rows * columns
  values.forEach((value, from) => {
    turned[(from % places) * outputs + Math.floor(from / places)] = value
  })
  return { shape: [rows, columns, channels, outputs / channels], values: turned }
}

/** Weights of which each belongs to a channel, for values whose channels are the axis so many before the last. */
export function alongChannels({ values }: Constant, after: number): Constant {
  return { shape: [values.length, ...Array.from({ length: after }, () => 1)], values }
}

export const turnedMatrix = ({ shape, values }: Constant): Constant => {
  const [rows, columns] = shape as [number, number]
  const turned = Float32Array.from(
    values,
    (_, to) => values[(to % rows) * columns + Math.floor(to / rows)] as number,
  )
  return { shape: [columns, rows], values: turned }
}

export const scaled = ({ shape, values }: Constant, by: number): Constant => ({
  shape,
  values: Float32Array.from(values, value => value * by),
})

/** Batch norm as it is used: x times a scale and a shift put to it, each [channels]. */
export function foldedNorm(
  gamma: Constant['values'] | undefined,
  beta: Constant['values'] | undefined,
  mean: Constant['values'],
  variance: Constant['values'],
  epsilon: number,
): { scale: Constant; shift: Constant } {
  const shape = [mean.length]
  if ([gamma, beta, variance].some(all => all !== undefined && all.length !== mean.length))
    throw new ImportFault('has weights of unequal lengths.')
  const scale = Float64Array.from(
    mean,
    (_, i) => (gamma?.[i] ?? 1) / Math.sqrt((variance[i] as number) + epsilon),
  )
  const shift = Float64Array.from(mean, (m, i) => (beta?.[i] ?? 0) - m * (scale[i] as number))
  return {
    scale: { shape, values: Float32Array.from(scale) },
    shift: { shape, values: Float32Array.from(shift) },
  }
}

function four(shape: readonly number[]): [number, number, number, number] {
  if (shape.length !== 4 || product(shape) === 0)
    throw new ImportFault(`has weights [${shape}], which are not those of images.`)
  return shape as [number, number, number, number]
}
