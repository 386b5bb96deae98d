import type { RunConfig } from '../runs/run-config.ts'

/** What goes in and comes out, for whoever finds an exported encoder without this program. */
export function aboutEncoder({ name, data, hyperparameters, created }: RunConfig): Record<string, string> {
  const { height, width, channels } = data
  return {
    made_by: 'Twinlens',
    run: name,
    created,
    input: `float32 [images, ${height}, ${width}, ${channels}], channels last, each byte of a pixel divided by 255: from 0 to 1`,
    output: `float32 [images, ${hyperparameters.embeddingSize}]: near means alike, by Euclidean distance`,
    classes: JSON.stringify(data.classes),
  }
}
