import { z } from 'zod'
import { type EncoderGraph, shortened } from './encoder-graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { ImportFault } from './import-fault.ts'
import { LayerReader } from './layer-reader.ts'
import { parseLayersModel } from './layers-model-file.ts'
import { type AddLayer, kinds } from './layers-model-kinds.ts'
import { readWeights } from './layers-model-weights.ts'

const inputSchema = z.array(z.number().int().min(1).nullable()).min(2).max(4)

/** The encoder that a model.json and the files beside it are. @throws ImportFault, bad-file */
export async function layersModelGraph(path: string, text: string): Promise<EncoderGraph> {
  const { layers, output, origin, manifest } = parseLayersModel(text)
  const weights = await readWeights(path, manifest)
  const graph = new GraphBuilder()
  const inputs: EncoderGraph['input'][] = []
  for (const layer of layers) {
    try {
      // The first layer of a sequential model may tell of the input itself.
      const told = layer.config['batch_input_shape'] ?? layer.config['batch_shape']
      if (layer.kind === 'InputLayer' || (layer.inputs.length === 0 && told !== undefined)) {
        const shape = inputSchema.safeParse(told)
        if (!shape.success) throw new ImportFault('does not say which images it takes.')
        const name = layer.kind === 'InputLayer' ? layer.name : `${layer.name} input`
        inputs.push({ name, shape: shape.data })
        if (layer.kind === 'InputLayer') continue
      }
      const add: AddLayer | undefined = Object.hasOwn(kinds, layer.kind) ? kinds[layer.kind] : undefined
      if (add === undefined)
        throw new ImportFault(`is not known here; known are InputLayer, ${Object.keys(kinds).join(', ')}.`)
      const from = layer.inputs.length > 0 ? layer.inputs : inputs.slice(-1).map(({ name }) => name)
      add(graph, layer.name, from, new LayerReader(layer, weights))
    } catch (error) {
      if (!(error instanceof ImportFault)) throw error
      throw new ImportFault(
        `its layer "${shortened(layer.name)}" (${shortened(layer.kind)}) ${error.message}`,
      )
    }
  }
  const [input] = inputs
  if (input === undefined || inputs.length > 1)
    throw new ImportFault(`it has ${inputs.length} inputs; an encoder has one.`)
  return { origin, input, channelsFirst: false, constants: graph.constants, nodes: graph.nodes, output }
}
