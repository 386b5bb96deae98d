import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openEncoder } from '../../../../../src/main/engine/imports/imported-encoder.ts'
import { useBackend } from '../../../../support/backends.ts'
import { temporaryFolder } from '../../../../support/files.ts'
import { onnxModel, type TestNode, type TestWeights, wholeNumbers } from '../../../../support/onnx-files.ts'

/** One image of two rows: 0, 0.2, 0.4 and 0.6, 0.8, 1. */
const pixels = Uint8Array.of(0, 51, 102, 153, 204, 255)
const images = { pixels, labels: new Uint16Array(1), count: 1, height: 2, width: 3, channels: 1 } as const

interface Case {
  readonly nodes: readonly TestNode[]
  readonly weights?: readonly TestWeights[]
  readonly numbers?: Readonly<Record<string, readonly number[]>>
  readonly opset?: number
  readonly shape?: readonly (number | string)[]
  readonly wanted: readonly number[]
}

const floats = (name: string, shape: readonly number[], ...values: number[]): TestWeights => ({
  name,
  shape,
  values: Float32Array.from(values),
})
const one = (
  op: string,
  inputs: readonly string[] = ['x'],
  attributes: TestNode['attributes'] = {},
): TestNode[] => [{ op, inputs, output: 'y', attributes }]
const less = (by: number): Pick<Case, 'weights'> => ({ weights: [floats('by', [], by)] })
const minus: TestNode = { op: 'Sub', inputs: ['x', 'by'], output: 'm' }
const square = { kernel_shape: [2, 2] }
const exponentials = [0, 0.2, 0.4, 0.6, 0.8, 1].map(Math.exp)
const sum = exponentials.reduce((all, value) => all + value)

/** Worked out by hand from the operators' definitions. */
const cases: Readonly<Record<string, Case>> = {
  Clip: {
    nodes: one('Clip', ['x', 'low', 'high']),
    weights: [floats('low', [], 0.3), floats('high', [], 0.7)],
    wanted: [0.3, 0.3, 0.4, 0.6, 0.7, 0.7],
  },
  'Clip without a lower end': {
    nodes: one('Clip', ['x', '', 'high']),
    weights: [floats('high', [], 0.7)],
    wanted: [0, 0.2, 0.4, 0.6, 0.7, 0.7],
  },
  LeakyRelu: {
    nodes: [minus, ...one('LeakyRelu', ['m'])],
    ...less(0.5),
    wanted: [-0.005, -0.003, -0.001, 0.1, 0.3, 0.5],
  },
  Softmax: {
    nodes: [{ op: 'Flatten', inputs: ['x'], output: 'f' }, ...one('Softmax', ['f'])],
    wanted: exponentials.map(value => value / sum),
  },
  'ReduceMean by an attribute': {
    nodes: one('ReduceMean', ['x'], { axes: [3], keepdims: 0 }),
    wanted: [0.2, 0.8],
  },
  'ReduceMean by an input': {
    nodes: one('ReduceMean', ['x', 'axes']),
    numbers: { axes: [2] },
    opset: 18,
    wanted: [0.3, 0.5, 0.7],
  },
  Pad: {
    nodes: one('Pad', ['x', 'pads', 'with']),
    weights: [floats('with', [], 0.5)],
    numbers: { pads: [0, 0, 0, 1, 0, 0, 1, 0] },
    wanted: [0.5, 0, 0.2, 0.4, 0.5, 0.6, 0.8, 1, 0.5, 0.5, 0.5, 0.5],
  },
  Transpose: { nodes: one('Transpose', ['x'], { perm: [0, 3, 2, 1] }), wanted: [0, 0.6, 0.2, 0.8, 0.4, 1] },
  'Reshape, then along the rows': {
    nodes: [
      { op: 'Reshape', inputs: ['x', 'shape'], output: 'r' },
      ...one('ReduceMean', ['r'], { axes: [1], keepdims: 0 }),
    ],
    numbers: { shape: [0, 3, -1] },
    wanted: [0.4, 0.6],
  },
  'Squeeze and Unsqueeze': {
    nodes: [
      { op: 'Squeeze', inputs: ['x', 'first'], output: 's' },
      { op: 'Unsqueeze', inputs: ['s', 'last'], output: 'u' },
      ...one('ReduceMean', ['u'], { axes: [2], keepdims: 0 }),
    ],
    numbers: { first: [1], last: [-1] },
    wanted: [0.2, 0.8],
  },
  'AveragePool over what is there': {
    nodes: one('AveragePool', ['x'], { ...square, auto_pad: 'SAME_UPPER' }),
    wanted: [0.4, 0.6, 0.7, 0.7, 0.9, 1],
  },
  'AveragePool padded before': {
    nodes: one('AveragePool', ['x'], { ...square, auto_pad: 'SAME_LOWER' }),
    wanted: [0, 0.1, 0.3, 0.3, 0.4, 0.6],
  },
  'AveragePool over the padding too': {
    nodes: one('AveragePool', ['x'], { ...square, pads: [0, 0, 1, 1], count_include_pad: 1 }),
    wanted: [0.4, 0.6, 0.35, 0.35, 0.45, 0.25],
  },
  'MaxPool, which takes no padding for the largest': {
    nodes: [minus, ...one('MaxPool', ['m'], { ...square, pads: [1, 1, 0, 0] })],
    ...less(1),
    wanted: [-1, -0.8, -0.6, -0.4, -0.2, 0],
  },
  'MatMul, and Div by what it is broadcast to': {
    nodes: [{ op: 'MatMul', inputs: ['x', 'w'], output: 'p' }, ...one('Div', ['p', 'd'])],
    weights: [floats('w', [3, 2], 1, 2, 3, 4, 5, 6), floats('d', [2], 1, 2)],
    wanted: [2.6, 1.6, 8, 5.2],
  },
  'Gemm with everything': {
    nodes: one('Gemm', ['x', 'w', 'c'], { transB: 1, alpha: 2, beta: 3 }),
    weights: [floats('w', [2, 6], 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1), floats('c', [2], 1, 2)],
    shape: ['n', 6],
    wanted: [5, 12],
  },
  Concat: {
    nodes: [minus, ...one('Concat', ['x', 'm'], { axis: 2 })],
    ...less(1),
    wanted: [0, 0.2, 0.4, 0.6, 0.8, 1, -1, -0.8, -0.6, -0.4, -0.2, 0],
  },
  'Identity and Dropout': {
    nodes: [{ op: 'Dropout', inputs: ['x'], output: 'd' }, ...one('Identity', ['d'])],
    wanted: [0, 0.2, 0.4, 0.6, 0.8, 1],
  },
}

beforeAll(() => useBackend('cpu'))

test.each(Object.entries(cases))(
  '%s',
  async (_, { nodes, weights, numbers = {}, opset = 17, shape, wanted }) => {
    const path = join(await temporaryFolder(), 'one.onnx')
    const more = Object.entries(numbers).map(([name, all]) => wholeNumbers(name, all))
    await writeFile(path, onnxModel(shape ?? ['n', 1, 2, 3], nodes, weights, { opset, more }))
    const { values } = await (await openEncoder(path, images)).embed(images)
    expect(values).toHaveLength(wanted.length)
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i] as number, 5)
    })
  },
)
