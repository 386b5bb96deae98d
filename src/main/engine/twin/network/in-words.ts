import { type Layer, layersOf } from './layers.ts'
import type { NetworkSpec } from './network-spec.ts'

/**
 * A network on one line: "28x28x1 - conv 24 - conv 24 - pool - dense 128 - 2"; one of fully connected layers only by its
 * sizes alone.
 */
export function networkInWords(spec: NetworkSpec): string {
  const { kind, height, width, channels, hiddenSizes, embeddingSize } = spec
  if (kind === 'mlp') return [height * width * channels, ...hiddenSizes, embeddingSize].join(' - ')
  const layers = layersOf(spec)
  const words = layers.slice(0, -1).flatMap(layer => word(layer) ?? [])
  return [`${height}x${width}x${channels}`, ...words, embeddingSize].join(' - ')
}

function word(layer: Layer): string | undefined {
  switch (layer.kind) {
    case 'conv':
      return `conv ${layer.outputs}`
    case 'dense':
      return `dense ${layer.outputs}`
    case 'max-pool':
      return 'pool'
    case 'mean-pool':
      return 'mean'
    case 'dropout':
      return `dropout ${layer.rate}`
    case 'residual':
      return `block ${layer.main.at(-1)?.outputs}${layer.main[0]?.stride === 2 ? ' halved' : ''}`
    case 'normalise':
    case 'flatten':
      return undefined
    default:
      return layer satisfies never
  }
}
