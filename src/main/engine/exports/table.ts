import { stringify } from 'csv-stringify/sync'
import type { EmbeddedData } from '../embedding/embedded-data.ts'

/** A heading and a row an image: index, split, label, feature1, feature2, ... */
export function tableOf(data: EmbeddedData, parts: readonly ('train' | 'test')[]): (string | number)[][] {
  const { size } = data.test.embedding
  const heading = ['index', 'split', 'label', ...Array.from({ length: size }, (_, i) => `feature${i + 1}`)]
  const rows = parts.flatMap(part => {
    const { embedding, labels } = data[part]
    return Array.from(labels, (label, index) => [
      index,
      part,
      data.config.data.classes[label] as string,
      // Nine digits round-trip every 32-bit float.
      ...Array.from(embedding.values.subarray(index * size, (index + 1) * size), value =>
        Number(value.toPrecision(9)),
      ),
    ])
  })
  return [heading, ...rows]
}

export const toDelimited = (rows: readonly (readonly (string | number)[])[], delimiter: ',' | '\t'): string =>
  stringify(rows as (string | number)[][], { delimiter })
