import type { Measure } from '../figure.ts'
import {
  defaultSize,
  everybody,
  fused,
  iterations,
  native,
  plainTensorFlowJs,
  productsAlone,
  type Size,
} from '../trainers.ts'

const otherSizes: readonly Size[] = [
  { batchSize: 16, hidden: 1024 },
  { batchSize: 1024, hidden: 1024 },
  { batchSize: 180, hidden: 256 },
  { batchSize: 180, hidden: 4096 },
]

export const measure: Measure = {
  title: 'ms an iteration, against PyTorch, Keras, plain tfjs-node and the matrix products alone',
  async run(bench) {
    const few = [native, fused, plainTensorFlowJs]
    const figures = [
      await iterations(bench, 'default', defaultSize, bench.quick ? [...few, productsAlone] : everybody),
    ]
    if (bench.quick) return figures
    for (const size of otherSizes) {
      figures.push(await iterations(bench, `${size.batchSize}x${size.hidden}`, size, few))
    }
    return figures
  },
}
