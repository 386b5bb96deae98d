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
  const sum = (x: Output, over: number, keep: boolean, name?: string): Output => {
    const axes = graph.constant(Int32Array.of(over), [1])
    return graph.node('Sum', [x, axes], { T: 'float', Tidx: 'int32', keep_dims: truth(keep) }, name)
  }
  return {
    one,
    two,
    scalar,
    axis,
    cast,
    sum,
    add: (a: Output, b: Output) => two('AddV2', a, b),
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
