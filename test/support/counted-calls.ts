import * as tf from '@tensorflow/tfjs-core'

type Binding = Readonly<Record<string, unknown>>

/** How often this work calls each function of tfjs-node's native module, by name. */
export function callsOf(work: () => void): Readonly<Record<string, number>> {
  const backend = tf.backend() as unknown as { binding: Binding }
  const { binding } = backend
  const calls: Record<string, number> = {}
  backend.binding = new Proxy(
    {},
    {
      get: (_, name: string) => {
        const member = binding[name]
        if (typeof member !== 'function') return member
        return (...rest: unknown[]) => {
          calls[name] = (calls[name] ?? 0) + 1
          return member.apply(binding, rest) as unknown
        }
      },
    },
  )
  try {
    work()
  } finally {
    backend.binding = binding
  }
  return calls
}
