import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportFormat, exportNames } from '../../../../shared/contract/exports.ts'
import { exportRun, whatIs } from '../../../engine/exports/formats.ts'
import { openRun } from '../../../engine/runs/run-folder.ts'

const width = Math.max(...exportNames.map(({ length }) => length)) + 2

const help = `
Formats:
${exportNames.map(format => `  ${format.padEnd(width)}${whatIs(format)}`).join('\n')}

Every encoder takes float32 [images, height, width, channels], a pixel's bytes divided by 255, and gives the features.
The weights by themselves are in the run already, as weights.safetensors.

Examples:
  twinlens export my-run --format onnx --out encoder.onnx
  twinlens export my-run --format tensorboard --out logs/my-run`

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('Take a run out: its encoder or its features, for another tool.')
    .argument('<RUN>', "a run's folder")
    .addOption(new Option('--format <name>', 'what to write').choices(exportNames).makeOptionMandatory())
    .requiredOption('--out <PATH>', 'the file to write, or the new folder')
    .addHelpText('after', help)
    .action(async (folder: string, { format, out }: { format: ExportFormat; out: string }) => {
      await exportRun(await openRun(resolve(folder)), format, resolve(out))
      console.log(`Written to ${out}: ${whatIs(format)}`)
    })
}
