import { type Command, Option } from 'commander'
import { type ImportOptions, importOptionsSchema } from '../../../../shared/contract/data.ts'
import { invalidInput } from '../../../../shared/errors.ts'
import { number, wholeNumber } from '../options.ts'

/** How pictures are imported, as it is typed; what is left out is proposed by the pictures themselves. */
export interface ImportFlags {
  readonly size?: number
  readonly colour?: string
  readonly fit?: ImportOptions['fit']
  readonly invert?: ImportOptions['invert']
  readonly testShare?: number
  readonly splitSeed?: number
  readonly keepTogether?: boolean
  readonly skipped?: string
}

/** Their names, but for `skipped`, which chooses no images. */
export const importFlags = [
  'size',
  'colour',
  'fit',
  'invert',
  'testShare',
  'splitSeed',
  'keepTogether',
] as const satisfies readonly (keyof ImportFlags)[]

/** Flags of whatever imports pictures. */
export function addImportOptions(command: Command): Command {
  return command
    .option(
      '--size <pixels>',
      'side of every image, 16 to 128 (the median of the pictures’, 64 at most)',
      wholeNumber,
    )
    .addOption(
      new Option('--colour <yes|no>', 'in colour, or grey (colour if any has it)').choices(['yes', 'no']),
    )
    .addOption(
      new Option('--fit <name>', 'how a picture becomes a square (pad)').choices(['pad', 'crop', 'stretch']),
    )
    .addOption(
      new Option('--invert <name>', 'auto inverts grey pictures if most are dark on light (auto)').choices([
        'auto',
        'yes',
        'no',
      ]),
    )
    .option('--test-share <share>', 'test images of each class (as the folders say, or 0.2)', number)
    .option('--split-seed <number>', 'draws other test images (0)', wholeNumber)
    .option('--keep-together', 'test images nearly the same as a training image become training images')
    .option('--skipped <FILE.csv>', 'write what was left out, with its reason')
}

/** What was typed over what is proposed. @throws invalid-input */
export function withFlags(proposed: ImportOptions, flags: ImportFlags, name?: string): ImportOptions {
  const { size, colour, fit, invert, testShare, splitSeed, keepTogether } = flags
  const drawn = testShare !== undefined || splitSeed !== undefined
  const before = proposed.split === 'given' ? { testShare: 0.2, seed: 0 } : proposed.split
  const parsed = importOptionsSchema.safeParse({
    ...proposed,
    name: name ?? proposed.name,
    size: size ?? proposed.size,
    channels: colour === undefined ? proposed.channels : colour === 'yes' ? 'colour' : 'grey',
    fit: fit ?? proposed.fit,
    invert: invert ?? proposed.invert,
    split: drawn
      ? { testShare: testShare ?? before.testShare, seed: splitSeed ?? before.seed }
      : proposed.split,
    keepTogether: keepTogether ?? proposed.keepTogether,
  })
  if (parsed.success) return parsed.data
  throw invalidInput([...new Set(parsed.error.issues.map(({ message }) => message))].join('\n'))
}
