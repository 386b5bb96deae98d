import type {
  DataChoice,
  dataCalls,
  ImportedDataSet,
  ImportOptions,
  ImportPreview,
  ListedDataSet,
} from '../../src/shared/contract/data.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'
import { fakeClasses, fakeImages, fakePixels, fakeShape } from './fake-digits.ts'

const proposed: ImportOptions = {
  name: 'my pictures',
  size: 28,
  channels: 'grey',
  fit: 'pad',
  invert: 'auto',
  split: { testShare: 0.2, seed: 0 },
  keepTogether: false,
}

/** Data sets in memory: whatever is scanned is a folder of the fake's digits, of which one cannot be read. */
export class FakeDataLibrary {
  readonly dataSets: ImportedDataSet[] = []
  readonly binned: ImportedDataSet[] = []
  /** What a table says of the test images of whatever is open. */
  table: string | null = null

  /** Images of a choice. */
  countsOf(choice: DataChoice): { trainCount: number; testCount: number } {
    if (choice.kind === 'digits') return choice
    const found = this.dataSets.find(({ id }) => id === choice.id)
    if (found === undefined) throw invalidInput('That data set is not in the library any more.')
    return found
  }

  readonly handlers: Handlers<typeof dataCalls> = {
    scanSource: async function* ({ options }) {
      yield { phase: 'opening', found: 0, preview: null }
      yield { phase: 'done', found: 100, preview: fakePreview(options ?? proposed) }
    },
    importSource: ({ paths, options }) => this.#import(paths, options),
    dataTable: () => this.table,
    dataSets: () => this.dataSets.map(listed),
    renameDataSet: ({ id, name }) => {
      const at = this.dataSets.findIndex(one => one.id === id)
      const found = this.dataSets[at]
      if (found === undefined) throw invalidInput('That data set is not in the library any more.')
      const renamed = { ...found, name }
      this.dataSets[at] = renamed
      return listed(renamed)
    },
    removeDataSet: ({ id }) => {
      const at = this.dataSets.findIndex(one => one.id === id)
      if (at < 0) throw invalidInput('That data set is not in the library any more.')
      this.binned.push(...this.dataSets.splice(at, 1))
      return { binned: id, bin: '/bin/datasets' }
    },
    restoreDataSet: ({ binned }) => {
      const at = this.binned.findIndex(one => one.id === binned)
      const [found] = at < 0 ? [] : this.binned.splice(at, 1)
      if (found === undefined) throw invalidInput(`There is no data set "${binned}" in the bin.`)
      this.dataSets.unshift(found)
      return listed(found)
    },
  }

  async *#import(paths: readonly string[], { name }: ImportOptions) {
    yield { phase: 'opening' as const, done: 0, total: 0, id: null, report: null }
    yield { phase: 'reading' as const, done: 50, total: 101, id: null, report: null }
    const dataSet: ImportedDataSet = {
      id: String(this.dataSets.length + 1).padStart(64, '0'),
      name,
      created: '2026-01-02T03:04:05.678Z',
      paths: [...paths],
      format: 'a folder per class',
      classes: fakeClasses(),
      ...fakeShape(),
      trainCount: 80,
      testCount: 20,
      bytes: 100 * fakePixels(),
      skipped: 1,
    }
    this.dataSets.unshift(dataSet)
    const skipped = [{ name: '3/broken.png', reason: 'it is damaged: it cannot be decoded.' }]
    const duplicates = [{ train: '3/a.png', test: '3/b.png' }]
    const { pixels } = fakeImages('train', Int32Array.of(0, 0))
    const report = { dataSet, skipped, duplicates, duplicatePictures: { pairs: 1, pixels }, known: false }
    yield { phase: 'done' as const, done: 101, total: 101, id: dataSet.id, report }
  }
}

const listed = (dataSet: ImportedDataSet): ListedDataSet => ({ id: dataSet.id, dataSet, fault: null })

function fakePreview(options: ImportOptions): ImportPreview {
  const names = fakeClasses()
  const { pixels, labels } = fakeImages(
    'train',
    Int32Array.from({ length: 10 }, (_, i) => i),
  )
  const size = { width: 32, height: 32 }
  return {
    format: 'a folder per class',
    options,
    total: 101,
    classes: names.map(name => ({ name, train: 8, test: 2 })),
    hasGivenSplit: false,
    sizes: { looked: 100, smallest: size, median: size, largest: { width: 64, height: 48 } },
    hasColour: false,
    steps: [`scaled to fit ${options.size} × ${options.size}`, 'grey'],
    samples: {
      names: Array.from(labels, (label, i) => `${names[label]}/${i}.png`),
      labels,
      pixels,
      ...fakeShape(),
      originals: Array.from(labels, () => ({ width: 4, height: 3, pixels: new Uint8Array(36).fill(90) })),
    },
    skipped: [{ name: '3/notes.txt', reason: 'it is no picture.' }],
    warnings: ['There are 101 images only: expect little of a training.'],
  }
}
