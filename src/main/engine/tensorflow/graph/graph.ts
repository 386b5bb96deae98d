import { bytesField, floatField, message, numberField } from './wire-format.ts'

/** Numbers of tensorflow/core/framework/types.proto. */
const types = { float: 1, int32: 3, uint8: 4, bool: 10 } as const
export type DataType = keyof typeof types

/** A value in the graph: a node's name, with ":1" for its second output. */
export type Output = string

/** An attribute of a node, as AttrValue of tensorflow/core/framework/attr_value.proto. */
type Attribute = Buffer

export const typeOf = (type: DataType): Attribute => numberField(6, types[type])
export const truth = (value: boolean): Attribute => numberField(5, value ? 1 : 0)
export const whole = (value: number): Attribute => numberField(3, value)
export const wholes = (values: readonly number[]): Attribute =>
  bytesField(1, message(...values.map(value => numberField(3, value))))
export const real = (value: number): Attribute => floatField(4, value)
export const text = (value: string): Attribute => bytesField(2, value)
const shapeOf = (shape: readonly number[]): Attribute => bytesField(7, shapeMessage(shape))
/** Known once values are there. */
const anyShape: Attribute = bytesField(7, numberField(3, 1))

/** TensorShapeProto of tensorflow/core/framework/tensor_shape.proto; -1 is a size that is open. */
const shapeMessage = (shape: readonly number[]): Buffer =>
  message(...shape.map(size => bytesField(2, numberField(1, size))))

/**
 * The version of graphs that these are written as (TF_GRAPH_DEF_VERSION of tensorflow/core/public/version.h): none of
 * the ops used has changed since.
 */
const producer = 1000

/** The one tag by which a graph is found again in its file. */
export const graphTag = 'twinlens'

export interface GraphOp {
  readonly name: string
  readonly op: string
  readonly inputs: readonly Output[]
  /** Those it is for: what a device must have kernels for. */
  readonly types: Readonly<Record<string, string>>
}

/**
 * A graph of TensorFlow's ops, for `GraphSession`. Run as a whole, TensorFlow fuses what it can and never comes back to
 * JavaScript between two ops: an op called by itself costs 25 us more, as much as most of the small ones take.
 */
export class Graph {
  readonly #nodes: Buffer[] = []
  readonly #ops: GraphOp[] = []

  /** Every node so far. */
  get ops(): readonly GraphOp[] {
    return this.#ops
  }

  /**
   * @param inputs outputs of other nodes, or "^name" for one that has only to be done before
   * @param attributes by name, types as `DataType`s
   * @param name to feed or fetch it by
   */
  node(
    op: string,
    inputs: readonly Output[],
    attributes: Readonly<Record<string, Attribute | DataType>> = {},
    name = `node${this.#nodes.length}`,
  ): Output {
    const entries = Object.entries(attributes)
    const fields = entries.map(([key, value]) =>
      message(bytesField(1, key), bytesField(2, typeof value === 'string' ? typeOf(value) : value)),
    )
    this.#nodes.push(
      message(
        bytesField(1, name),
        bytesField(2, op),
        ...inputs.map(input => bytesField(3, input)),
        ...fields.map(field => bytesField(5, field)),
      ),
    )
    const ofTypes = entries.filter((entry): entry is [string, DataType] => typeof entry[1] === 'string')
    this.#ops.push({ name, op, inputs: [...inputs], types: Object.fromEntries(ofTypes) })
    return name
  }

  /** A value that is handed in at every run. @param shape any if left out; -1 for a size that is open */
  placeholder(name: string, dtype: DataType, shape?: readonly number[]): Output {
    const sizes = shape === undefined ? anyShape : shapeOf(shape)
    return this.node('Placeholder', [], { dtype, shape: sizes }, name)
  }

  constant(values: Float32Array | Int32Array, shape: readonly number[]): Output {
    const dtype = values instanceof Float32Array ? 'float' : 'int32'
    const content = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
    const tensor = message(
      numberField(1, types[dtype]),
      bytesField(2, shapeMessage(shape)),
      bytesField(4, content),
    )
    return this.node('Const', [], { dtype, value: bytesField(8, tensor) })
  }

  /** A variable, as a handle. Its first value is fed as "first NAME" while "begin NAME" is fetched. */
  variable(name: string, dtype: DataType, shape: readonly number[]): Output {
    const attributes = { dtype, shape: shapeOf(shape), shared_name: text(name), container: text('') }
    const handle = this.node('VarHandleOp', [], attributes, name)
    const first = this.placeholder(`first_${name}`, dtype)
    const assigned = this.node('AssignVariableOp', [handle, first], { dtype })
    this.node(
      'Identity',
      [this.constant(Float32Array.of(0), []), `^${assigned}`],
      { T: 'float' },
      `begin_${name}`,
    )
    return handle
  }

  read(variable: Output, dtype: DataType = 'float', name?: string): Output {
    return this.node('ReadVariableOp', [variable], { dtype }, name)
  }

  /**
   * As saved_model.pb (tensorflow/core/protobuf/{saved_model,meta_graph}.proto).
   * @param signature for whoever has only the file: how the graph is called, as `signatureMessage` says it
   */
  serialize(tag: string = graphTag, signature: Buffer = message()): Uint8Array {
    const definition = message(
      ...this.#nodes.map(node => bytesField(1, node)),
      bytesField(4, numberField(1, producer)),
    )
    const info = bytesField(4, tag)
    const graph = message(bytesField(1, info), bytesField(2, definition), signature)
    return message(numberField(1, 1), bytesField(2, graph))
  }
}

/** A value that goes into a graph or comes out of it, in 32-bit floats; -1 for a size that is open. */
export interface SignatureValue {
  readonly name: string
  readonly shape: readonly number[]
}

/** The way to call a graph that TensorFlow looks for when nothing else is said (SignatureDef of meta_graph.proto). */
export function signatureMessage(input: SignatureValue, output: SignatureValue): Buffer {
  const entry = (field: number, { name, shape }: SignatureValue): Buffer => {
    const of = message(
      bytesField(1, `${name}:0`),
      numberField(2, types.float),
      bytesField(3, shapeMessage(shape)),
    )
    return bytesField(field, message(bytesField(1, name), bytesField(2, of)))
  }
  const signature = message(entry(1, input), entry(2, output), bytesField(3, 'tensorflow/serving/predict'))
  return bytesField(5, message(bytesField(1, 'serving_default'), bytesField(2, signature)))
}
