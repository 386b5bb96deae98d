import { type DataType, type Graph, type Output, truth, whole } from './graph.ts'

/** TensorFlow's ops by their plain names, in 32-bit floats. */
export function opsOf(graph: Graph) {
  const one = (op: string, x: Output): Output => graph.node(op, [x], { T: 'float' })
  const two = (op: string, a: Output, b: Output, name?: string): Output =>
    graph.node(op, [a, b], { T: 'float' }, name)
  const scalar = (value: number): Output => graph.constant(Float32Array.of(value), [])
  const axis = (value: number): Output => graph.constant(Int32Array.of(value), [])
  const cast = (x: Output, from: DataType, to: DataType): Output =>
    graph.node('Cast', [x], { SrcT: from, DstT: to, Truncate: truth(false) })
  const reduce = (
    op: 'Sum' | 'Max' | 'Min',
    x: Output,
    over: number,
    keep: boolean,
    name?: string,
  ): Output => {
    const axes = graph.constant(Int32Array.of(over), [1])
    return graph.node(op, [x, axes], { T: 'float', Tidx: 'int32', keep_dims: truth(keep) }, name)
  }
  const sum = (x: Output, over: number, keep: boolean, name?: string): Output =>
    reduce('Sum', x, over, keep, name)
  return {
    one,
    two,
    scalar,
    axis,
    cast,
    sum,
    largest: (x: Output, over: number, keep: boolean) => reduce('Max', x, over, keep),
    smallest: (x: Output, over: number, keep: boolean) => reduce('Min', x, over, keep),
    /** The sum of a whole table, or block. */
    total: (x: Output, rank: number): Output =>
      Array.from({ length: rank }).reduce<Output>(rest => sum(rest, 0, false), x),
    /** With one more dimension, of size 1, at this place. */
    expand: (x: Output, at: number) => graph.node('ExpandDims', [x, axis(at)], { T: 'float', Tdim: 'int32' }),
    /** Of a table: its columns as rows. */
    transpose: (x: Output) =>
      graph.node('Transpose', [x, graph.constant(Int32Array.of(1, 0), [2])], { T: 'float', Tperm: 'int32' }),
    /** Where it is so the one, elsewhere the other. */
    choose: (isSo: Output, yes: Output, no: Output) =>
      graph.node('SelectV2', [isSo, yes, no], { T: 'float' }),
    /** 1 for true, 0 for false. */
    number: (truths: Output) => cast(truths, 'bool', 'float'),
    both: (a: Output, b: Output) => graph.node('LogicalAnd', [a, b]),
    either: (a: Output, b: Output) => graph.node('LogicalOr', [a, b]),
    not: (a: Output) => graph.node('LogicalNot', [a]),
    add: (a: Output, b: Output) => two('AddV2', a, b),
    divide: (a: Output, b: Output) => two('RealDiv', a, b),
    subtract: (a: Output, b: Output) => two('Sub', a, b),
    multiply: (a: Output, b: Output, name?: string) => two('Mul', a, b, name),
    square: (x: Output) => one('Square', x),
    relu: (x: Output) => one('Relu', x),
    biasAdd: (x: Output, bias: Output) => two('BiasAdd', x, bias),
    /** The slope where the output of ReLU is above zero, zero elsewhere. */
    reluGrad: (slope: Output, output: Output) => two('ReluGrad', slope, output),
    /** a b, either transposed first. */
    matMul(a: Output, b: Output, transposeA = false, transposeB = false, name?: string): Output {
      const attributes = {
        T: 'float',
        transpose_a: truth(transposeA),
        transpose_b: truth(transposeB),
      } as const
      return graph.node('MatMul', [a, b], attributes, name)
    },
    /** Rows of pixels by index, as floats from 0 to 255. */
    rows(pixels: Output, indices: Output, type: DataType): Output {
      const attributes = { Tparams: type, Tindices: 'int32', Taxis: 'int32' } as const
      const rows = graph.node('GatherV2', [pixels, indices, axis(0)], attributes)
      return type === 'float' ? rows : cast(rows, type, 'float')
    },
    /** b below a. */
    below: (a: Output, b: Output) =>
      graph.node('ConcatV2', [a, b, axis(0)], { N: whole(2), T: 'float', Tidx: 'int32' }),
    /**
     * The sum of all rows, each half by itself first. Where a unit is active for both images of its pairs the halves cancel,
     * and summed in the same order they do so exactly; in one long sum they leave rounding, which Adam would blow up to steps.
     */
    sumOfHalves(x: Output, columns: number, name: string): Output {
      const shape = graph.constant(Int32Array.of(2, -1, columns), [3])
      const halves = graph.node('Reshape', [x, shape], { T: 'float', Tshape: 'int32' })
      return sum(sum(halves, 1, false), 0, false, name)
    },
  }
}
