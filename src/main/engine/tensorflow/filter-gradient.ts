import * as tf from '@tensorflow/tfjs-core'

/** How one convolution's kernel lies over its image: as TensorFlow pads for "same". */
interface Geometry {
  readonly size: number
  readonly stride: number
  readonly before: number
  readonly after: number
}

/**
 * Replaces the gradient of the convolution by one without TensorFlow.js's own op for the kernel's part, for the
 * WebAssembly backend, which lacks it. With y = conv(x, k): dL/dk at row i and column j of the kernel is the product of the
 * pixels that it met, as rows, transposed, and the slopes of where it met them. Kernels here are padded as "same", square,
 * and not dilated; others are refused.
 */
export function sumProductsInFilterGradient(): void {
  tf.unregisterGradient('Conv2D')
  tf.registerGradient({
    kernelName: 'Conv2D',
    inputsToSave: ['x', 'filter'],
    gradFunc: (slope, saved, attributes) => {
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D]
      const dy = slope as tf.Tensor4D
      const strides = attributes['strides'] as number | readonly number[]
      const stride = typeof strides === 'number' ? strides : (strides[0] as number)
      if (attributes['pad'] !== 'same') throw new Error('This convolution has no gradient: pad it as "same".')
      return {
        x: () => tf.conv2dTranspose(dy, filter, x.shape, stride, 'same'),
        filter: () => filterGradient(x, dy, filter.shape, stride),
      }
    },
  })
}

/** [size, size, inputs, outputs] of images [n, h, w, inputs] and slopes [n, h', w', outputs]. */
export function filterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  shape: [number, number, number, number],
  stride: number,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [size, , inputs, outputs] = shape
    const along = (length: number, places: number): Geometry => {
      const padding = Math.max(0, (places - 1) * stride + size - length)
      const before = Math.floor(padding / 2)
      return { size, stride, before, after: padding - before }
    }
    const [, rows, columns] = dy.shape
    const [v, h] = [along(x.shape[1], rows), along(x.shape[2], columns)]
    const padded = tf.pad(x, [
      [0, 0],
      [v.before, v.after],
      [h.before, h.after],
      [0, 0],
    ])
    const slopes = tf.reshape(dy, [-1, outputs])
    const parts: tf.Tensor[] = []
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const end = [x.shape[0], i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1, inputs]
        const met = tf.stridedSlice(padded, [0, i, j, 0], end, [1, stride, stride, 1])
        parts.push(tf.matMul(tf.transpose(tf.reshape(met, [-1, inputs])), slopes))
      }
    }
    return tf.reshape(tf.concat(parts), shape)
  })
}
