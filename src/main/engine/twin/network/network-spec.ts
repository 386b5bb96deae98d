import { z } from 'zod'
import type { Hyperparameters } from '../../../../shared/hyperparameters.ts'
import type { LabelledImages } from '../../data/data-set.ts'
import { brightnessOf } from './normalisation.ts'

const size = z.number().int().positive()

/** What a network is before it has any weights. Plain JSON: it is kept with the weights that were learned. */
export const networkSpecSchema = z.object({
  /** Raised whenever a reader of the old layout would misread the new one. */
  version: z.literal(1),
  /** Fully connected; convolutions with pooling between them; convolutions with shortcuts around them. */
  kind: z.enum(['mlp', 'cnn', 'residual']),
  height: size,
  width: size,
  /** Channels of an image. */
  channels: size,
  /** Channels of each convolution (cnn) or stage (residual), first to last; none in an mlp. */
  filters: z.array(size),
  /** Units of each fully connected layer before the embedding. */
  hiddenSizes: z.array(size),
  embeddingSize: size,
  batchNorm: z.boolean(),
  /** Share of the last hidden layer's units that a training leaves out of each pass. */
  dropout: z.number().min(0).lt(1),
  /** What the training images' brightness (0 to 1) is, by channel; null where the network takes it as it is. */
  normalisation: z
    .object({ mean: z.array(z.number()), deviation: z.array(z.number().positive()) })
    .nullable(),
})

export type NetworkSpec = z.infer<typeof networkSpecSchema>

/** An image's height, width and channels. */
export interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** Fully connected layers and nothing else: the recipe's encoder. */
export const mlpSpec = (
  { height, width, channels }: ImageShape,
  { hiddenSizes, embeddingSize }: Pick<NetworkSpec, 'hiddenSizes' | 'embeddingSize'>,
): NetworkSpec => ({
  version: 1,
  kind: 'mlp',
  height,
  width,
  channels,
  filters: [],
  hiddenSizes,
  embeddingSize,
  batchNorm: false,
  dropout: 0,
  normalisation: null,
})

/** Units of the layer between a cnn's last image and its features. */
const cnnUnits = 128

/** The network that hyperparameters ask for, to be trained with these images. */
export function specOf(hyperparameters: Hyperparameters, images: LabelledImages): NetworkSpec {
  const { encoder, filters, hiddenSizes, batchNorm, dropout, normaliseInput } = hyperparameters
  const { height, width, channels } = images
  return {
    ...mlpSpec({ height, width, channels }, hyperparameters),
    kind: encoder,
    filters: encoder === 'mlp' ? [] : filters,
    hiddenSizes: { mlp: hiddenSizes, cnn: [cnnUnits], residual: [] }[encoder],
    batchNorm,
    dropout,
    normalisation: normaliseInput ? brightnessOf(images) : null,
  }
}

/** Whether it is the recipe's: products, biases and ReLU, on brightness as it is. */
export const isPlain = ({ kind, batchNorm, dropout, normalisation }: NetworkSpec): boolean =>
  kind === 'mlp' && !batchNorm && dropout === 0 && normalisation === null

export const pixelsOf = ({ height, width, channels }: ImageShape): number => height * width * channels
