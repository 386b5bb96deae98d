import { type NetworkSpec, pixelsOf } from './network-spec.ts'

/** A linear layer, with what always follows it: its bias or batch norm, then ReLU or nothing. */
interface Linear {
  /** Its weights are called by it: "NAME.kernel" and so on. */
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly batchNorm: boolean
  readonly relu: boolean
}

export interface DenseLayer extends Linear {
  readonly kind: 'dense'
}

/** Padded so that only the stride makes it smaller; `size` is the kernel's side. */
export interface ConvLayer extends Linear {
  readonly kind: 'conv'
  readonly size: 1 | 3
  readonly stride: 1 | 2
}

/** One step of the way from an image to its features; all take and give [images, height, width, channels] or rows. */
export type Layer =
  | DenseLayer
  | ConvLayer
  /** Brightness less its mean, over its deviation, by channel. */
  | { readonly kind: 'normalise'; readonly mean: readonly number[]; readonly deviation: readonly number[] }
  /** The largest of each 2 x 2; an odd last row or column is dropped. */
  | { readonly kind: 'max-pool' }
  /** The mean of all places. */
  | { readonly kind: 'mean-pool' }
  /** Rows from images. */
  | { readonly kind: 'flatten'; readonly outputs: number }
  /** In training only: leaves units out at random, and scales the others up. */
  | { readonly kind: 'dropout'; readonly rate: number }
  /** ReLU of the sum of what goes through `main` and what goes around it (through `shortcut` where its shape changes). */
  | {
      readonly kind: 'residual'
      readonly main: readonly ConvLayer[]
      readonly shortcut: ConvLayer | undefined
    }

/** Residual blocks of a stage. */
const blocksOfStage = 2

/** The network as a list of layers: the one description that weights, passes, graphs and words are made from. */
export function layersOf(spec: NetworkSpec): Layer[] {
  const { normalisation } = spec
  const first: Layer[] = normalisation === null ? [] : [{ kind: 'normalise', ...normalisation }]
  switch (spec.kind) {
    case 'mlp':
      return [...first, { kind: 'flatten', outputs: pixelsOf(spec) }, ...dense(spec, pixelsOf(spec), 'layer')]
    case 'cnn':
      return [...first, ...vgg(spec)]
    case 'residual':
      return [...first, ...residual(spec)]
    default:
      return spec.kind satisfies never
  }
}

/** Hidden layers, dropout before the last, and the features: linear, so without ReLU or batch norm. */
function dense(spec: NetworkSpec, inputs: number, name: string): Layer[] {
  const { hiddenSizes, embeddingSize, batchNorm, dropout } = spec
  const sizes = [inputs, ...hiddenSizes]
  const layer = (l: number, outputs: number, hidden: boolean): DenseLayer => ({
    kind: 'dense',
    name: `${name}${l + 1}`,
    inputs: sizes[l] as number,
    outputs,
    batchNorm: batchNorm && hidden,
    relu: hidden,
  })
  const left: Layer[] = dropout > 0 ? [{ kind: 'dropout', rate: dropout }] : []
  return [
    ...hiddenSizes.map((outputs, l) => layer(l, outputs, true)),
    ...left,
    layer(hiddenSizes.length, embeddingSize, false),
  ]
}

/**
 * Small convolutions in pairs, each pair followed by pooling as long as there is something to pool (Simonyan and
 * Zisserman, "Very deep convolutional networks for large-scale image recognition", ICLR 2015).
 */
function vgg(spec: NetworkSpec): Layer[] {
  const { filters, batchNorm } = spec
  let { height, width, channels } = spec
  const layers: Layer[] = []
  filters.forEach((outputs, i) => {
    const name = `conv${i + 1}`
    layers.push({ kind: 'conv', name, inputs: channels, outputs, size: 3, stride: 1, batchNorm, relu: true })
    channels = outputs
    const ends = i % 2 === 1 || i === filters.length - 1
    if (ends && Math.min(height, width) >= 4) {
      layers.push({ kind: 'max-pool' })
      height = Math.floor(height / 2)
      width = Math.floor(width / 2)
    }
  })
  const outputs = height * width * channels
  return [...layers, { kind: 'flatten', outputs }, ...dense(spec, outputs, 'dense')]
}

/**
 * A first convolution, then stages of residual blocks, each after the first at half the size, and the mean of all places
 * (He, Zhang, Ren and Sun, "Deep residual learning for image recognition", CVPR 2016, section 4.2, with the projections of
 * its option B).
 */
function residual(spec: NetworkSpec): Layer[] {
  const { filters, batchNorm } = spec
  let inputs = filters[0] as number
  const layers: Layer[] = [
    {
      kind: 'conv',
      name: 'stem',
      inputs: spec.channels,
      outputs: inputs,
      size: 3,
      stride: 1,
      batchNorm,
      relu: true,
    },
  ]
  filters.forEach((outputs, stage) => {
    for (let block = 0; block < blocksOfStage; block++) {
      const name = `stage${stage + 1}.block${block + 1}`
      const stride = stage > 0 && block === 0 ? 2 : 1
      const same = inputs === outputs && stride === 1
      const conv = (part: string, from: number, by: 1 | 2, side: 1 | 3, relu: boolean): ConvLayer => ({
        kind: 'conv',
        name: `${name}.${part}`,
        inputs: from,
        outputs,
        size: side,
        stride: by,
        batchNorm,
        relu,
      })
      layers.push({
        kind: 'residual',
        main: [conv('conv1', inputs, stride, 3, true), conv('conv2', outputs, 1, 3, false)],
        shortcut: same ? undefined : conv('shortcut', inputs, stride, 1, false),
      })
      inputs = outputs
    }
  })
  return [...layers, { kind: 'mean-pool' }, ...dense(spec, inputs, 'dense')]
}

/** Every layer that has weights, in the order in which they are kept. */
export function linearLayers(layers: readonly Layer[]): (DenseLayer | ConvLayer)[] {
  return layers.flatMap((layer): readonly (DenseLayer | ConvLayer)[] => {
    switch (layer.kind) {
      case 'dense':
      case 'conv':
        return [layer]
      case 'residual':
        return layer.shortcut === undefined ? layer.main : [...layer.main, layer.shortcut]
      default:
        return []
    }
  })
}
