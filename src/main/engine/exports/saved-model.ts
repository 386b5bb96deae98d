import type { Run } from '../runs/run-folder.ts'
import { Graph, type Output, signatureMessage, text, truth, wholes } from '../tensorflow/graph/graph.ts'
import { opsOf } from '../tensorflow/graph/ops.ts'
import { aboutEncoder } from './about.ts'
import { type EncoderStep, encoderSteps, imagesName, type StepOp } from './encoder-steps.ts'
import type { ExportedFiles } from './formats.ts'

/** What loaders ask for when they are told nothing (tensorflow/cc/saved_model/tag_constants.h). */
const tag = 'serve'
const output = 'features'

/**
 * The encoder as a SavedModel (tensorflow.org/guide/saved_model), weights and all in its graph: TensorFlow calls it by
 * the signature `serving_default`, Keras by `TFSMLayer`. Under assets.extra no loader looks: there it tells of itself.
 */
export function toSavedModel(run: Run): ExportedFiles {
  const { height, width, channels, embeddingSize } = run.network.spec
  const graph = new Graph()
  const images = { name: imagesName, shape: [-1, height, width, channels] }
  graph.placeholder(images.name, 'float', images.shape)
  const steps = encoderSteps(run.network)
  const given = new Map<string, Output>([[imagesName, imagesName]])
  for (const { name, inputs, op } of steps) {
    const from = inputs.map(input => given.get(input) as Output)
    given.set(name, nodesOf(graph, op, from as [Output, ...Output[]]))
  }
  const last = given.get((steps.at(-1) as EncoderStep).name) as Output
  graph.node('Identity', [last], { T: 'float' }, output)
  const signature = signatureMessage(images, { name: output, shape: [-1, embeddingSize] })
  return new Map([
    ['saved_model.pb', graph.serialize(tag, signature)],
    ['assets.extra/about.json', Buffer.from(JSON.stringify(aboutEncoder(run.config), null, 2))],
  ])
}

const inPlane = { T: 'float', data_format: text('NHWC') } as const

function nodesOf(graph: Graph, op: StepOp, [from, other]: readonly [Output, ...Output[]]): Output {
  const ops = opsOf(graph)
  const numbers = (values: readonly number[]): Output =>
    graph.constant(Float32Array.from(values), [values.length])
  const places = (values: readonly number[]): Output =>
    graph.constant(Int32Array.from(values), [values.length])
  switch (op.kind) {
    case 'dense':
      return ops.biasAdd(ops.matMul(from, graph.constant(op.kernel, op.shape)), numbers([...op.bias]))
    case 'conv': {
      const { stride } = op
      const attributes = { ...inPlane, strides: wholes([1, stride, stride, 1]), padding: text('SAME') }
      const kernel = graph.constant(op.kernel, op.shape)
      return ops.biasAdd(graph.node('Conv2D', [from, kernel], attributes), numbers([...op.bias]))
    }
    case 'normalise':
      return ops.two('RealDiv', ops.subtract(from, numbers(op.mean)), numbers(op.deviation))
    case 'relu':
      return ops.relu(from)
    case 'max-pool': {
      const two = wholes([1, 2, 2, 1])
      return graph.node('MaxPool', [from], { ...inPlane, ksize: two, strides: two, padding: text('VALID') })
    }
    case 'mean-pool':
      return graph.node('Mean', [from, places([1, 2])], {
        T: 'float',
        Tidx: 'int32',
        keep_dims: truth(false),
      })
    case 'flatten':
      return graph.node('Reshape', [from, places([-1, op.outputs])], { T: 'float', Tshape: 'int32' })
    case 'add':
      return ops.add(from, other as Output)
    default:
      return op satisfies never
  }
}
