import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportFormat, exportNames } from '../../../../shared/contract/exports.ts'
import { invalidInput } from '../../../../shared/errors.ts'
import { exportRun, openForExport, searches, whatIs } from '../../../engine/exports/formats.ts'
import { openBackend } from '../../../engine/tensorflow/backends.ts'

const width = Math.max(...exportNames.map(({ length }) => length)) + 2

const help = `
Formats:
${exportNames.map(format => `  ${format.padEnd(width)}${whatIs(format)}`).join('\n')}

Every encoder takes float32 [images, height, width, channels], a pixel's bytes divided by 255, and gives the features.
The weights by themselves are in the run already, as weights.safetensors.

Examples:
  twinlens export my-run --format onnx --out encoder.onnx
  twinlens export my-run --format tensorboard --out logs/my-run
  twinlens export my-run --format projector --out public/my-run --address https://example.org/my-run/`

interface Options {
  readonly format: ExportFormat
  readonly out: string
  readonly address?: string
}

/** A folder's URL. @throws invalid-input */
function addressOf(text: string, format: ExportFormat): string {
  if (format !== 'projector') throw invalidInput('--address is for --format projector.')
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw invalidInput(`--address must be a URL that begins with http:// or https://, not ${text}.`)
  }
  return text.endsWith('/') ? text : `${text}/`
}

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('Take a run out: its encoder or its features, for another tool.')
    .argument('<RUN>', "a run's folder")
    .addOption(new Option('--format <name>', 'what to write').choices(exportNames).makeOptionMandatory())
    .requiredOption('--out <PATH>', 'the file to write, or the new folder')
    .option(
      '--address <URL>',
      'projector: where its folder will be served from, for projector.tensorflow.org',
    )
    .addHelpText('after', help)
    .action(async (folder: string, { format, out, ...options }: Options) => {
      const address = options.address === undefined ? undefined : addressOf(options.address, format)
      const run = await openForExport(resolve(folder))
      if (searches(format) && run.test.embedding.size !== 2) await openBackend(undefined)
      const note = await exportRun(run, format, resolve(out), { address })
      if (note !== null) console.error(note)
      console.log(`Written to ${out}: ${whatIs(format)}`)
    })
}
