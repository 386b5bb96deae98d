import * as tf from '@tensorflow/tfjs-core'
import { encode } from '../twin/network/forward.ts'
import type { Network } from '../twin/network/network.ts'
import type { ExplainedPair, PairMaps } from './pair.ts'

/** The distance of two images and its gradient in their pixels (brightness 0 to 1), [height * width * channels] each. */
export interface DistanceGradient {
  readonly distance: number
  readonly first: Float32Array
  readonly second: Float32Array
}

/**
 * By automatic differentiation, both images in one pass: with u = f1 - f2 the distance |u| has the gradient u / |u| in f1
 * and its negative in f2. For images that fall on one point there is no gradient: it is given as 0.
 */
export async function distanceGradient(
  network: Network,
  { first, second }: Pick<ExplainedPair, 'first' | 'second'>,
): Promise<DistanceGradient> {
  const size = first.length
  const [slopes, distance] = tf.tidy(() => {
    const pixels = new Float32Array(2 * size)
    pixels.set(first)
    pixels.set(second, size)
    const images = tf.div(tf.tensor2d(pixels, [2, size]), 255) as tf.Tensor2D
    const [a, b] = tf.split(encode(network, images), 2)
    const u = tf.sub(a as tf.Tensor2D, b as tf.Tensor2D)
    const length = tf.norm(u)
    const unit = tf.divNoNan(u, length)
    const slope = tf.concat([unit, tf.neg(unit)])
    return [tf.grad(x => encode(network, x as tf.Tensor2D))(images, slope), length]
  })
  const values = await slopes.data<'float32'>()
  const [length] = await distance.data<'float32'>()
  tf.dispose([slopes, distance])
  return { distance: length as number, first: values.slice(0, size), second: values.slice(size) }
}

/**
 * The occlusion map to first order, of patches of a single pixel: gradient times what hiding the pixel behind the mean
 * training image would change of it, summed over its channels.
 */
export async function gradientMaps(network: Network, pair: ExplainedPair): Promise<PairMaps> {
  const { distance, first, second } = await distanceGradient(network, pair)
  const change = (gradient: Float32Array, pixels: Uint8Array): Float32Array => {
    const map = new Float32Array(pair.height * pair.width)
    gradient.forEach((slope, i) => {
      const pixel = Math.floor(i / pair.channels)
      map[pixel] = (map[pixel] as number) + (slope * ((pair.mean[i] as number) - (pixels[i] as number))) / 255
    })
    return map
  }
  return { distance, first: change(first, pair.first), second: change(second, pair.second) }
}
