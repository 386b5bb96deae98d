import { processorCores } from '../../src/main/engine/tensorflow/threads.ts'
import type { Measure } from '../figure.ts'
import { defaultSize, iterations, native, type Trainer } from '../trainers.ts'
import { ourWorker } from '../worker.ts'

const withThreads = (name: string, env: Record<string, string>): Trainer => ({
  name,
  kind: 'step',
  start: async () => ourWorker('training.ts', 'native', env),
})

const cores = processorCores()

export const measure: Measure = {
  title: "TensorFlow's threads: as chosen, a core left free, more of either kind",
  async run(bench) {
    const others = [
      ...(cores > 1 ? [withThreads('a core left free', { TWINLENS_THREADS: String(cores - 1) })] : []),
      withThreads('a thread more than cores', { TF_NUM_INTRAOP_THREADS: String(cores + 1) }),
      withThreads('ops side by side, two at a time', { TF_NUM_INTEROP_THREADS: '2' }),
    ]
    const figure = await iterations(bench, 'threads', defaultSize, [native, ...others])
    return [{ ...figure, title: `Threads: ${figure.title.toLowerCase()}` }]
  },
}
