import { z } from 'zod'
import { type Origin, originOf, shortened } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'
import { manifestSchema } from './layers-model-weights.ts'

const config = z.record(z.string(), z.unknown())
const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config,
  inbound_nodes: z.array(z.unknown()).optional(),
})
const topology = z.object({ class_name: z.string(), config: z.unknown() })
const fileSchema = z.object({
  modelTopology: z.union([z.object({ model_config: topology }), topology]),
  weightsManifest: manifestSchema,
  generatedBy: z.unknown(),
  userDefinedMetadata: z.object({ run: z.unknown() }).optional().catch(undefined),
})
const modelSchema = z.object({
  layers: z.array(layerSchema).min(1).max(20_000),
  input_layers: z.unknown().optional(),
  output_layers: z.unknown().optional(),
})

export interface LayersModel {
  readonly layers: readonly ModelLayer[]
  readonly output: string
  readonly origin: Origin
  readonly manifest: z.infer<typeof manifestSchema>
}

export interface ModelLayer {
  readonly kind: string
  readonly name: string
  readonly config: Readonly<Record<string, unknown>>
  readonly inputs: readonly string[]
}

/** What a model.json says, as Keras 2 and 3 and TensorFlow.js write it. @throws ImportFault */
export function parseLayersModel(text: string): LayersModel {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ImportFault('it is no JSON.')
  }
  const file = fileSchema.safeParse(json)
  if (!file.success) throw new ImportFault(`it is no model.json of a LayersModel${placeOf(file.error)}.`)
  const { modelTopology, weightsManifest: manifest } = file.data
  const { class_name: kind, config } =
    'model_config' in modelTopology ? modelTopology.model_config : modelTopology
  const sequential = kind === 'Sequential'
  if (!sequential && kind !== 'Model' && kind !== 'Functional')
    throw new ImportFault(
      `it is a model of the kind "${shortened(kind)}"; Sequential and Functional ones can be read.`,
    )
  const model = modelSchema.safeParse(Array.isArray(config) ? { layers: config } : config)
  if (!model.success) throw new ImportFault(`its layers cannot be read${placeOf(model.error)}.`)
  const named = model.data.layers.map((layer, i) => ({ ...layer, name: nameOf(layer, i) }))
  const layers = named.map((layer, i): ModelLayer => {
    const before = i === 0 ? [] : [named[i - 1]?.name ?? '']
    const inputs = sequential ? before : inboundOf(layer.inbound_nodes ?? [])
    return { kind: layer.class_name, name: layer.name, config: layer.config, inputs }
  })
  const outputs = sequential ? [named.at(-1)?.name ?? ''] : namesIn(model.data.output_layers)
  if (outputs.length !== 1) throw new ImportFault(`it has ${outputs.length} outputs; an encoder has one.`)
  const origin = originOf(file.data.generatedBy, file.data.userDefinedMetadata?.run)
  return { layers, output: outputs[0] as string, origin, manifest }
}

const placeOf = ({ issues }: z.ZodError): string => {
  const [first] = issues
  return first === undefined || first.path.length === 0 ? '' : ` (at "${shortened(first.path.join('.'))}")`
}

const nameOf = ({ name, config }: z.infer<typeof layerSchema>, i: number): string => {
  const own = name ?? config['name']
  return typeof own === 'string' ? own : `layer ${i + 1}`
}

/** The layers that one takes from. One that is used several times would stand for several steps. */
function inboundOf(calls: readonly unknown[]): string[] {
  if (calls.length > 1) throw new ImportFault('it uses a layer several times, which cannot be computed here.')
  return namesIn(calls[0])
}

/** Names of layers wherever the versions of Keras have put them: [name, call, tensor, ...] or a "keras_history" of it. */
function namesIn(json: unknown, depth = 0): string[] {
  if (depth > 12 || typeof json !== 'object' || json === null) return []
  if (Array.isArray(json)) {
    if (typeof json[0] === 'string' && typeof json[1] === 'number') return [json[0]]
    return json.flatMap(one => namesIn(one, depth + 1))
  }
  return Object.entries(json).flatMap(([key, value]) => (key === 'kwargs' ? [] : namesIn(value, depth + 1)))
}
