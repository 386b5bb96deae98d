import * as tf from '@tensorflow/tfjs-core'

/** An attribute of a TensorFlow op as tfjs-node's binding takes it. */
interface OpAttribute {
  readonly name: string
  readonly type: number
  readonly value: boolean | number | string | readonly number[]
}

/** What tfjs-node's backend offers beside the kernels of TensorFlow.js; its own types leave it out. */
interface RawBackend {
  executeSingleOutput(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.Tensor[],
  ): tf.Tensor
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[]
  readonly isUsingGpuDevice: boolean
  readonly binding: Readonly<
    Record<
      | 'TF_FLOAT'
      | 'TF_INT32'
      | 'TF_UINT8'
      | 'TF_ATTR_TYPE'
      | 'TF_ATTR_BOOL'
      | 'TF_ATTR_INT'
      | 'TF_ATTR_STRING'
      | 'TF_ATTR_SHAPE',
      number
    >
  >
}

/** A variable of TensorFlow's own, which its optimisers update in place. */
export type Resource = tf.Tensor & { readonly resource: true }

/**
 * TensorFlow's ops as they are, without TensorFlow.js's kernels and autodiff around them. Every op here has a kernel
 * for CUDA too (test/numeric/cuda-kernels.json). Results belong to the current tidy, like any tensor.
 */
export class RawOps {
  readonly #backend = tf.backend() as unknown as RawBackend
  readonly #float: OpAttribute
  /** Bytes need a quarter of the memory, but TensorFlow has no kernel that gathers them on a GPU. */
  readonly #pixel: 'TF_UINT8' | 'TF_FLOAT'

  constructor() {
    this.#float = this.#type('T', 'TF_FLOAT')
    this.#pixel = this.#backend.isUsingGpuDevice ? 'TF_FLOAT' : 'TF_UINT8'
  }

  /** Whether products may first round what they multiply to 11 bits: TensorFlow's default on NVIDIA cards (TF32). */
  get roundsFactors(): boolean {
    return this.#backend.isUsingGpuDevice
  }

  /** a b, either transposed first. */
  matMul(a: tf.Tensor, b: tf.Tensor, transposeA = false, transposeB = false): tf.Tensor2D {
    const attributes = [
      this.#bool('transpose_a', transposeA),
      this.#bool('transpose_b', transposeB),
      this.#float,
    ]
    return this.#run('MatMul', attributes, a, b) as tf.Tensor2D
  }

  /** Adds the bias, [columns], to every row. */
  biasAdd(x: tf.Tensor, bias: tf.Tensor): tf.Tensor2D {
    return this.#run('BiasAdd', [this.#float], x, bias) as tf.Tensor2D
  }

  relu(x: tf.Tensor): tf.Tensor2D {
    return this.#run('Relu', [this.#float], x) as tf.Tensor2D
  }

  /** The slope where the output of ReLU is above zero, zero elsewhere. */
  reluGrad(slope: tf.Tensor, output: tf.Tensor): tf.Tensor2D {
    return this.#run('ReluGrad', [this.#float], slope, output) as tf.Tensor2D
  }

  /**
   * Bytes resident for `gatherRows`, [rows, columns]. TensorFlow.js makes no tensors of bytes, so they come as integers, four
   * times as large: some thousand rows at a time, for 60,000 images would take 190 MB twice over.
   */
  bytes(values: Uint8Array, [rows, columns]: [number, number]): tf.Tensor {
    return tf.tidy(() => {
      const parts: tf.Tensor[] = []
      for (let row = 0; row < rows; row += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, rows - row)
        const part = Int32Array.from(values.subarray(row * columns, (row + count) * columns))
        parts.push(
          tf.tidy(() => this.#cast(tf.tensor2d(part, [count, columns], 'int32'), 'TF_INT32', this.#pixel)),
        )
      }
      const [only] = parts
      return only !== undefined && parts.length === 1 ? only : this.#concat(parts)
    })
  }

  /** Rows of such bytes by index, as floats from 0 to 255. */
  gatherRows(bytes: tf.Tensor, indices: tf.Tensor1D, axis: tf.Scalar): tf.Tensor2D {
    const attributes = [
      this.#type('Tparams', this.#pixel),
      this.#type('Tindices', 'TF_INT32'),
      this.#type('Taxis', 'TF_INT32'),
    ]
    const rows = this.#run('GatherV2', attributes, bytes, indices, axis)
    return (this.#pixel === 'TF_FLOAT' ? rows : this.#cast(rows, this.#pixel, 'TF_FLOAT')) as tf.Tensor2D
  }

  /** A variable that starts with this value. Freed by `dispose`. */
  variable(initial: tf.Tensor): Resource {
    const { binding } = this.#backend
    const attributes = [
      this.#type('dtype', 'TF_FLOAT'),
      { name: 'shape', type: binding.TF_ATTR_SHAPE, value: initial.shape },
      // Two variables of one name would be one.
      this.#string('shared_name', `twinlens-${nextVariable++}`),
      this.#string('container', ''),
    ]
    const variable = tf.keep(this.#run('VarHandleOp', attributes)) as Resource
    this.#runForEffect('AssignVariableOp', [this.#type('dtype', 'TF_FLOAT')], variable, initial)
    return variable
  }

  /** The value as it is. Release it before the variable is updated, or TensorFlow copies the variable first. */
  read(variable: Resource): tf.Tensor {
    return this.#run('ReadVariableOp', [this.#type('dtype', 'TF_FLOAT')], variable)
  }

  destroy(variable: Resource): void {
    this.#runForEffect('DestroyResourceOp', [this.#bool('ignore_lookup_error', true)], variable)
    variable.dispose()
  }

  /** var -= rate m / (sqrt(v) + epsilon), after m and v have taken in the gradient. */
  applyAdam(inputs: readonly tf.Tensor[]): void {
    const attributes = [this.#float, this.#bool('use_locking', false), this.#bool('use_nesterov', false)]
    this.#runForEffect('ResourceApplyAdam', attributes, ...inputs)
  }

  #cast(x: tf.Tensor, from: 'TF_INT32' | 'TF_UINT8', to: 'TF_UINT8' | 'TF_FLOAT'): tf.Tensor {
    return this.#run(
      'Cast',
      [this.#type('SrcT', from), this.#type('DstT', to), this.#bool('Truncate', false)],
      x,
    )
  }

  /** Rows of pixels below each other. */
  #concat(parts: readonly tf.Tensor[]): tf.Tensor {
    const { binding } = this.#backend
    const attributes = [
      { name: 'N', type: binding.TF_ATTR_INT, value: parts.length },
      this.#type('T', this.#pixel),
      this.#type('Tidx', 'TF_INT32'),
    ]
    return this.#run('ConcatV2', attributes, ...parts, tf.scalar(0, 'int32'))
  }

  #run(name: string, attributes: readonly OpAttribute[], ...inputs: readonly tf.Tensor[]): tf.Tensor {
    return this.#backend.executeSingleOutput(name, attributes, inputs)
  }

  #runForEffect(name: string, attributes: readonly OpAttribute[], ...inputs: readonly tf.Tensor[]): void {
    this.#backend.executeMultipleOutputs(name, attributes, inputs, 0)
  }

  #type(name: string, type: 'TF_FLOAT' | 'TF_INT32' | 'TF_UINT8'): OpAttribute {
    return { name, type: this.#backend.binding.TF_ATTR_TYPE, value: this.#backend.binding[type] }
  }

  #bool(name: string, value: boolean): OpAttribute {
    return { name, type: this.#backend.binding.TF_ATTR_BOOL, value }
  }

  #string(name: string, value: string): OpAttribute {
    return { name, type: this.#backend.binding.TF_ATTR_STRING, value }
  }
}

/** Of pixels on their way into TensorFlow. */
const rowsAtOnce = 4096

let nextVariable = 0
