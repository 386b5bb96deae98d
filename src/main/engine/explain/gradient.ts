import * as tf from '@tensorflow/tfjs-core'
import type { Layer } from '../twin/encoder.ts'
import type { ExplainedPair, PairMaps } from './pair.ts'

/** The distance of two images and its gradient in their pixels (brightness 0 to 1), [pixels] each. */
export interface DistanceGradient {
  readonly distance: number
  readonly first: Float32Array
  readonly second: Float32Array
}

/**
 * Backpropagation by hand, both images in one pass, on every backend: with u = f1 - f2 the distance |u| has the gradient
 * u / |u| in f1 and its negative in f2; a layer hands it on through its kernel, where the ReLU before it was open. For
 * images that fall on one point there is no gradient: it is given as 0.
 */
export async function distanceGradient(
  layers: readonly Layer[],
  { first, second }: Pick<ExplainedPair, 'first' | 'second'>,
): Promise<DistanceGradient> {
  const size = first.length
  const [slopes, distance] = tf.tidy(() => {
    const pixels = new Float32Array(2 * size)
    pixels.set(first)
    pixels.set(second, size)
    const inputs: tf.Tensor2D[] = [tf.div(tf.tensor2d(pixels, [2, size]), 255)]
    layers.forEach(({ kernel, bias }, l) => {
      const output = tf.add(tf.matMul(inputs[l] as tf.Tensor2D, kernel), bias) as tf.Tensor2D
      inputs.push(l === layers.length - 1 ? output : tf.relu(output))
    })
    const [a, b] = tf.split(inputs.at(-1) as tf.Tensor2D, 2)
    const u = tf.sub(a as tf.Tensor2D, b as tf.Tensor2D)
    const length = tf.norm(u)
    const unit = tf.divNoNan(u, length)
    let slope = tf.concat([unit, tf.neg(unit)]) as tf.Tensor2D
    for (let l = layers.length - 1; l >= 0; l--) {
      slope = tf.matMul(slope, (layers[l] as Layer).kernel, false, true)
      if (l > 0) slope = tf.mul(slope, tf.step(inputs[l] as tf.Tensor2D))
    }
    return [slope, length]
  })
  const values = await slopes.data<'float32'>()
  const [length] = await distance.data<'float32'>()
  tf.dispose([slopes, distance])
  return { distance: length as number, first: values.slice(0, size), second: values.slice(size) }
}

/**
 * The occlusion map to first order, of patches of a single pixel: gradient times what hiding the pixel behind the mean
 * training image would change of it.
 */
export async function gradientMaps(layers: readonly Layer[], pair: ExplainedPair): Promise<PairMaps> {
  const { distance, first, second } = await distanceGradient(layers, pair)
  const change = (gradient: Float32Array, pixels: Uint8Array): Float32Array =>
    gradient.map((slope, i) => (slope * ((pair.mean[i] as number) - (pixels[i] as number))) / 255)
  return { distance, first: change(first, pair.first), second: change(second, pair.second) }
}
