import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { invalidInput } from '../../../../shared/errors.ts'
import { openRun, type Run } from '../../../engine/runs/run-folder.ts'
import { writeFileWhole } from '../../../engine/runs/write-file.ts'

type Split = 'test' | 'train' | 'all'

const delimiters: Record<string, string> = { '.csv': ',', '.tsv': '\t' }

export function embedCommand(program: Command): void {
  program
    .command('embed')
    .description("Write a run's features, an image a row: index, split, label, feature1, feature2, ...")
    .argument('<RUN>', "a run's folder")
    .requiredOption('--out <FILE.csv|FILE.tsv>', 'the file to write')
    .addOption(new Option('--split <part>', 'which images').choices(['test', 'train', 'all']).default('test'))
    .addHelpText('after', '\nExample:\n  twinlens embed my-run --out features.csv --split all')
    .action(async (folder: string, { out, split }: { out: string; split: Split }) => {
      const delimiter = delimiters[extname(out).toLowerCase()]
      if (delimiter === undefined) throw invalidInput(`${out}: name a file that ends in .csv or .tsv.`)
      const rows = toRows(await openRun(resolve(folder)), split)
      await writeFileWhole(out, stringify(rows, { delimiter }))
      console.log(`${rows.length - 1} images written to ${out}`)
    })
}

function toRows(run: Run, split: Split): (string | number)[][] {
  const { size } = run.test.embedding
  const heading = ['index', 'split', 'label', ...Array.from({ length: size }, (_, i) => `feature${i + 1}`)]
  const parts = split === 'all' ? (['train', 'test'] as const) : [split]
  const rows = parts.flatMap(part => {
    const { embedding, labels } = run[part]
    return Array.from(labels, (label, index) => [
      index,
      part,
      run.config.data.classes[label] as string,
      // Nine digits round-trip every 32-bit float.
      ...Array.from(embedding.values.subarray(index * size, (index + 1) * size), value =>
        Number(value.toPrecision(9)),
      ),
    ])
  })
  return [heading, ...rows]
}
