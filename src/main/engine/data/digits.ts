import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { badFile, invalidInput } from '../../../shared/errors.ts'
import type { DataSet } from './data-set.ts'
import { readLabelledIdx } from './labelled-idx.ts'

/** All of MNIST, by LeCun, Cortes and Burges: what the bundled files hold. */
export const digitsAvailable = { train: 60_000, test: 10_000 } as const

/** The recipe's share of it. */
export const digitsDefault = { train: 5_000, test: 5_000 } as const

/** Folder with the four gzipped IDX files that set-up prepares; a packaged app names its own. */
const folder = process.env['TWINLENS_DIGITS'] ?? join(import.meta.dirname, '../../../../resources/digits')

/**
 * The bundled digits: the first `trainCount` of MNIST's training file and the first `testCount` of its test file.
 * @throws invalid-input: more than there are; bad-file: the bundled files are missing or damaged
 */
export async function loadDigits(trainCount: number, testCount: number): Promise<DataSet> {
  checkCount('training', trainCount, digitsAvailable.train)
  checkCount('test', testCount, digitsAvailable.test)
  const file = (name: string): string => join(folder, name)
  if (!existsSync(file('train-images-idx3-ubyte.gz'))) {
    throw badFile(folder, 'the bundled digits are missing. Run "npm run setup".')
  }
  const [train, test] = await Promise.all([
    readLabelledIdx(file('train-images-idx3-ubyte.gz'), file('train-labels-idx1-ubyte.gz'), trainCount),
    readLabelledIdx(file('t10k-images-idx3-ubyte.gz'), file('t10k-labels-idx1-ubyte.gz'), testCount),
  ])
  const classes = Array.from({ length: 10 }, (_, digit) => String(digit))
  return { name: 'digits', source: { kind: 'digits', trainCount, testCount }, classes, train, test }
}

function checkCount(part: string, count: number, available: number): void {
  if (!Number.isInteger(count) || count < 1 || count > available) {
    throw invalidInput(
      `The ${part} count must be a whole number from 1 up to ${available}, the bundled ${part} digits.`,
    )
  }
}
