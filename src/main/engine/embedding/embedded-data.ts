import type { LabelledEmbedding } from './embed.ts'

/** Features of both parts of a data set, with what is told of it: what a run has, and what an encoder from elsewhere gives. */
export interface EmbeddedData {
  readonly config: {
    readonly data: { readonly classes: readonly string[] }
    /** What is drawn by chance is drawn alike for one seed. */
    readonly hyperparameters: { readonly seed: number }
  }
  readonly train: LabelledEmbedding
  readonly test: LabelledEmbedding
}
