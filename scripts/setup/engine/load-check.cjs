// Run by itself on Node 24: loads TensorFlow as the engine does and multiplies two matrices whose product is known.
const util = require('node:util')
const { join } = require('node:path')

// TensorFlow.js 4.22 calls it; gone since Node 23.
util.isNullOrUndefined ??= value => value === null || value === undefined

const tf = require(join(process.argv[2], '@tensorflow', 'tfjs-node-gpu'))
const product = tf
  .matMul(
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  )
  .dataSync()
if (Array.from(product).join() !== '19,22,43,50') throw new Error(`wrong product: ${product}`)
const { binding, isUsingGpuDevice } = tf.backend()
console.log(`\nloaded ${JSON.stringify({ tensorflow: binding.TF_Version, gpu: isUsingGpuDevice === true })}`)
