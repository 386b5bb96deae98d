import { Command, CommanderError } from 'commander'
import packageFile from '../../../../package.json' with { type: 'json' }
import { openCommand } from '../browser/command.ts'
import { backendsCommand } from './commands/backends.ts'
import { dataCommand } from './commands/data.ts'
import { embedCommand } from './commands/embed.ts'
import { exportCommand } from './commands/export.ts'
import { pairsCommand } from './commands/pairs.ts'
import { runsCommand } from './commands/runs.ts'
import { searchCommand } from './commands/search.ts'
import { sweepCommand } from './commands/sweep.ts'
import { trainCommand } from './commands/train.ts'
import { verifyCommand } from './commands/verify.ts'
import { exitCodeFor, exitCodes, explain } from './report/failure.ts'

const examples = `
Examples:
  twinlens open                               the window, in your browser
  twinlens train                              the default job, on the bundled digits
  twinlens train --margin 1 --learning-rate 1e-3 --out my-run
  twinlens train --data photos                pictures of your own, a folder per class
  twinlens train --data images.idx --labels labels.idx --train-count 4000 --test-count 1000
  twinlens sweep --vary margin=0.3,1,2        which value is best?
  twinlens runs list                          the saved runs
  twinlens search my-run --index 7            the nine nearest of test image 7
  twinlens search my-run --image photo.png --sheet found.png
  twinlens search my-run --queries photos --csv found.csv
  twinlens verify my-run a.png b.png          are these two alike?
  twinlens embed my-run --out features.csv    every test image's features
  twinlens export my-run --format onnx --out encoder.onnx

A twin network looks at pairs of images. It learns features in which two images of one class lie close together and
two of different classes at least the margin apart: afterwards, near means alike.`

/** Runs one command. Returns the exit code: 0, 1 for a failure, 2 for misuse, 130 after Ctrl-C. */
export async function main(args: readonly string[]): Promise<number> {
  // Whoever reads has had enough (`| head`): what is being learned is worth more than the rest of the words.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })
  let exitCode: number = exitCodes.success
  const program = new Command('twinlens')
    .description('Train a twin network on labelled images, embed images with it, and search by example.')
    .version(packageFile.version, '--version', 'tell which Twinlens this is')
    .showHelpAfterError('(add --help to see what there is)')
    .addHelpText('after', examples)
  const commands = [
    openCommand,
    trainCommand,
    dataCommand,
    sweepCommand,
    runsCommand,
    searchCommand,
    verifyCommand,
    embedCommand,
    exportCommand,
    pairsCommand,
    backendsCommand,
  ]
  for (const add of commands) {
    add(program, code => {
      exitCode = code
    })
  }
  // Sub-commands are made by then, and each has an override of its own.
  for (const command of withSubcommands(program)) command.exitOverride()
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.misuse
    console.error(explain(error))
    return exitCodeFor(error)
  }
}

const withSubcommands = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
]
