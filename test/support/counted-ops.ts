import * as tf from '@tensorflow/tfjs-core'

interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

interface CountedBackend {
  binding: {
    executeOp(name: string, attributes: readonly Attribute[], ...rest: unknown[]): unknown
    readonly TF_ATTR_TYPE: number
  }
}

/** One of TensorFlow's ops with the types that it was executed for: { T: 'float' }. */
export interface ExecutedOp {
  readonly op: string
  readonly types: Readonly<Record<string, string>>
}

/** tensorflow/core/framework/types.proto */
const typeNames: Readonly<Record<number, string>> = { 1: 'float', 3: 'int32', 4: 'uint8', 10: 'bool' }

/** The ops that this work executes on the native backend, in turn. */
export function executedOps(work: () => void): ExecutedOp[] {
  const backend = tf.backend() as unknown as CountedBackend
  const { binding } = backend
  const executed: ExecutedOp[] = []
  backend.binding = Object.create(binding, {
    executeOp: {
      value: (op: string, attributes: readonly Attribute[], ...rest: unknown[]) => {
        const types = attributes.filter(({ type }) => type === binding.TF_ATTR_TYPE)
        const named = types.map(({ name, value }) => [name, typeNames[value as number] ?? `type ${value}`])
        executed.push({ op, types: Object.fromEntries(named) })
        return binding.executeOp(op, attributes, ...rest)
      },
    },
  })
  try {
    work()
  } finally {
    backend.binding = binding
  }
  return executed
}
