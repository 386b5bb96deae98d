import type { DataChoice } from '../../../shared/contract/data.ts'
import { type Corrected, correctionsOf } from '../corrections/correct-data-set.ts'
import type { DataSet, DataSource } from './data-set.ts'
import { heldOutOf } from './hold-out.ts'

/** What a data set was made of by corrections, and by leaving images out after them. */
export function madeOf(data: DataSet): Pick<Corrected, 'original' | 'corrections'> {
  return correctionsOf(heldOutOf(data)?.of ?? data)
}

/** How a window asks for these images, all of them; null for files of one's own that no library has. */
export function choiceOf(source: DataSource): DataChoice | null {
  switch (source.kind) {
    case 'digits': {
      const { kind, trainCount, testCount } = source
      return { kind, trainCount, testCount }
    }
    case 'imported':
      return { kind: 'imported', id: source.id }
    case 'idx':
      return null
    default:
      return source satisfies never
  }
}

/** Whether a source is what is asked for. */
export function isChoice(source: DataSource, choice: DataChoice): boolean {
  const own = choiceOf(source)
  if (own?.kind === 'imported') return choice.kind === 'imported' && own.id === choice.id
  return (
    own?.kind === 'digits' &&
    choice.kind === 'digits' &&
    own.trainCount === choice.trainCount &&
    own.testCount === choice.testCount
  )
}
