import * as tf from '@tensorflow/tfjs-core'
import { type LabelledImages, sliceImages } from '../data/data-set.ts'
import { breathe } from './breathe.ts'

/** Images compared with each other at once: products of 250 by 2,000 hold the thread for 10 ms natively. */
const rowsAtOnce = 250
const columnsAtOnce = 2000

/**
 * For each image the distance in pixels (brightness 0 to 1) to the nearest of others, by |a|^2 + |b|^2 - 2 ab in 32 bits:
 * right to about 1e-3, for the distribution and not for a search. [images.count]
 * @throws cancelled
 */
export async function nearestPixelDistances(
  images: LabelledImages,
  others: LabelledImages,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const nearest = new Float64Array(images.count).fill(Number.POSITIVE_INFINITY)
  for (let row = 0; row < images.count; row += rowsAtOnce) {
    const rows = sliceImages(images, row, Math.min(images.count, row + rowsAtOnce))
    for (let column = 0; column < others.count; column += columnsAtOnce) {
      const columns = sliceImages(others, column, Math.min(others.count, column + columnsAtOnce))
      const squares = tf.tidy(() => leastSquares(rows, columns))
      const values = await squares.data<'float32'>()
      squares.dispose()
      values.forEach((square, i) => {
        nearest[row + i] = Math.min(nearest[row + i] as number, Math.sqrt(Math.max(0, square)))
      })
      await breathe(signal, 'Measuring what is usual')
    }
  }
  return nearest
}

/** [rows.count] */
function leastSquares(rows: LabelledImages, columns: LabelledImages): tf.Tensor1D {
  const a = brightness(rows)
  const b = brightness(columns)
  const products = tf.matMul(a, b, false, true)
  const scores = tf.sub(tf.sum(tf.square(b), 1), tf.mul(2, products))
  return tf.add(tf.min(scores, 1), tf.sum(tf.square(a), 1))
}

const brightness = ({ pixels, count, height, width }: LabelledImages): tf.Tensor2D =>
  tf.div(tf.tensor2d(new Float32Array(pixels), [count, height * width]), 255)

/** The same for a single image, exactly, in one scan. @param exclude index of an image that does not count */
export function nearestPixelDistance(pixels: Uint8Array, others: LabelledImages, exclude = -1): number {
  const size = others.height * others.width
  let least = Number.POSITIVE_INFINITY
  for (let index = 0, at = 0; index < others.count; index++, at += size) {
    if (index === exclude) continue
    let sum = 0
    for (let i = 0; i < size && sum < least; i++) {
      const difference = (pixels[i] as number) - (others.pixels[at + i] as number)
      sum += difference * difference
    }
    least = Math.min(least, sum)
  }
  return Math.sqrt(least) / 255
}
