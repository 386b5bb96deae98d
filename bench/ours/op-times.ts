import * as tf from '@tensorflow/tfjs-core'

/** The door through which tfjs-node hands every op to TensorFlow; it waits there for the result. */
interface Binding {
  executeOp(name: string, ...rest: readonly unknown[]): unknown
}

/** Time in each of TensorFlow's ops, summed by name, and how often it was called. */
export interface OpTime {
  readonly name: string
  readonly calls: number
  readonly ms: number
}

/** Watches TensorFlow's ops while `work` runs. Watching costs about a microsecond an op. */
export async function opTimes(work: () => Promise<void>): Promise<OpTime[]> {
  const backend = tf.backend() as unknown as { binding: Binding }
  const { binding } = backend
  const seen = new Map<string, { calls: number; ms: number }>()
  const executeOp: Binding['executeOp'] = (name, ...rest) => {
    const started = performance.now()
    const result = binding.executeOp(name, ...rest)
    const so = seen.get(name) ?? { calls: 0, ms: 0 }
    so.calls++
    so.ms += performance.now() - started
    seen.set(name, so)
    return result
  }
  // A native module's own functions cannot be replaced.
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } }) as Binding
  try {
    await work()
  } finally {
    backend.binding = binding
  }
  return [...seen].map(([name, { calls, ms }]) => ({ name, calls, ms })).sort((a, b) => b.ms - a.ms)
}
