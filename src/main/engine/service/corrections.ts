import type {
  Correction,
  Corrections,
  correctionCalls,
  Suspects,
} from '../../../shared/contract/corrections.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { correctionsKey, correctionsOf } from '../corrections/correct-data-set.ts'
import type { CorrectionBook } from '../corrections/correction-book.ts'
import { findSuspects } from '../corrections/suspects.ts'
import { type DataSet, imageAt, pixelsPerImage } from '../data/data-set.ts'
import type { ServiceContext } from './context.ts'

export const correctionHandlers = (context: ServiceContext, book: CorrectionBook) => {
  const original = (): DataSet => correctionsOf(context.data()).original
  const change = async (of: (list: readonly Correction[]) => readonly Correction[]) => {
    const data = original()
    if (data.missing !== undefined)
      throw invalidInput(
        `The pictures of this run are missing: nothing can be corrected. ${data.missing.why}`,
      )
    return told(data, await book.change(data, of))
  }
  return {
    suspects: ({ most }, { signal }) => suspects(context, book, most, signal),
    corrections: async () => told(original(), await book.of(original())),
    correct: correction => {
      const decided = asDecided(original(), correction)
      return change(list => [...without(list, decided), decided])
    },
    uncorrect: one => change(list => without(list, one)),
    clearCorrections: () => change(() => []),
  } satisfies Handlers<typeof correctionCalls>
}

const without = (
  list: readonly Correction[],
  { split, index }: Pick<Correction, 'split' | 'index'>,
): Correction[] => list.filter(one => one.split !== split || one.index !== index)

/** Relabelled to the class that it has anyway, an image is kept. @throws invalid-input */
function asDecided(data: DataSet, correction: Correction): Correction {
  const { split, index, decision, label } = correction
  if (index >= data[split].count) throw invalidInput(`There is no ${split} image ${index}.`)
  if (label >= data.classes.length) throw invalidInput(`There is no class ${label}.`)
  const stays = decision === 'relabel' && label === data[split].labels[index]
  return stays ? { ...correction, decision: 'keep' } : correction
}

function told(data: DataSet, list: readonly Correction[]): Corrections {
  const size = pixelsPerImage(data.train)
  const pixels = new Uint8Array(list.length * size)
  list.forEach(({ split, index }, i) => {
    pixels.set(imageAt(data[split], index), i * size)
  })
  return {
    list: list.map(one => ({ ...one, original: data[one.split].labels[one.index] as number })),
    pixels,
    key: correctionsKey(data, list),
  }
}

/** Those that nobody has decided of yet. All that is read of the context is read before the first wait. */
async function suspects(
  { data, live, model }: ServiceContext,
  book: CorrectionBook,
  most: number,
  signal: AbortSignal,
): Promise<Suspects> {
  const points = live.latestPoints
  if (points === undefined) throw invalidInput('There is nothing to look through yet: train first.')
  const { train } = model
  const { original, sources } = correctionsOf(data())
  const test = { embedding: model.gallery, labels: data().test.labels }
  const found = await findSuspects(test, train, signal)
  const decided = new Set((await book.of(original)).map(({ split, index }) => `${split} ${index}`))
  const open = found
    .map(one => ({ ...one, source: sources[one.split][one.index] as number }))
    .filter(({ split, source }) => !decided.has(`${split} ${source}`))
  return {
    training: points.training,
    total: open.length,
    images: open.slice(0, most),
    gallery: train === undefined ? 'test' : 'train',
  }
}
