import { Random } from '../../src/main/engine/twin/random.ts'
import type { binCalls } from '../../src/shared/contract/bin.ts'
import type { runLibraryCalls } from '../../src/shared/contract/run-library.ts'
import type { EvaluationSeries, RunSummary } from '../../src/shared/contract.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'
import { differencesOf } from '../../src/shared/run-differences.ts'
import { fakeLabel } from './fake-digits.ts'

/** A run as the library lists it; another one for another number, the higher the newer. */
export function fakeRun(number: number, change: Partial<RunSummary> = {}): RunSummary {
  const name = `2026-03-04 05-06-${String(number).padStart(2, '0')}`
  const places = Uint8Array.from(Random.seeded(number, 'display').normals(400, 30), value =>
    Math.max(0, Math.min(255, 128 + value)),
  )
  return {
    name,
    folder: `/home/someone/Twinlens/runs/${name}`,
    notes: { title: '', note: '', tags: [] },
    about: {
      evaluated: null,
      warmFrom: null,
      created: new Date(Date.UTC(2026, 2, 4, 5, 6, number)).toISOString(),
      hyperparameters: { ...defaults, seed: number, margin: 0.3 + 0.1 * (number % 4) },
      data: {
        name: 'digits',
        choice: { kind: 'digits', trainCount: 5000, testCount: 5000 },
        trainCount: 5000,
        testCount: 5000,
        classes: 10,
        height: 28,
        width: 28,
        fingerprint: 'f00d',
        corrections: 0,
      },
      backend: 'native',
      device: 'CPU, 8 threads',
      iterations: 3000,
      seconds: 60 + number,
      quality: {
        knnAccuracy: 0.7 + 0.01 * (number % 20),
        precisionAt9: 0.7,
        auc: 0.9,
        eer: 0.15,
        eerThreshold: 0.2,
      },
    },
    thumbnail: {
      places,
      labels: Uint16Array.from({ length: 200 }, (_, i) => fakeLabel(i)),
      classes: 10,
      of: 5000,
      axes: 'features',
    },
    fault: null,
    ...change,
  }
}

/** A library in memory. */
export class FakeRunLibrary {
  runs: RunSummary[] = []
  #bin: { run: RunSummary; deleted: string }[] = []

  readonly handlers = {
    runs: () => this.runs,
    describeRun: ({ name, notes }) => {
      const run = this.#of(name)
      const { title = run.notes.title, note = run.notes.note, tags = run.notes.tags } = notes
      const changed = { ...run, notes: { title, note, tags } }
      this.runs = this.runs.map(one => (one.name === name ? changed : one))
      return changed
    },
    deleteRun: ({ name }) => {
      const run = this.#of(name)
      this.runs = this.runs.filter(one => one !== run)
      this.#bin.unshift({ run, deleted: '2026-03-05T00:00:00.000Z' })
      return { binned: name, bin: '/home/someone/Twinlens/bin' }
    },
    restoreRun: ({ binned }) => {
      const found = this.#bin.find(({ run }) => run.name === binned)
      if (found === undefined) throw invalidInput(`There is no run "${binned}" in the bin.`)
      this.#bin = this.#bin.filter(one => one !== found)
      this.runs = [...this.runs, found.run].sort((a, b) => (a.name < b.name ? 1 : -1))
      return { name: binned }
    },
    bin: () => ({
      folder: '/home/someone/Twinlens/bin',
      all: this.#bin.map(({ run: { name, folder }, deleted }) => ({
        kind: 'run' as const,
        ...{ binned: name, name, folder, deleted },
      })),
    }),
    emptyBin: () => ({ deleted: this.#bin.splice(0).length }),
    compareRuns: ({ names, buckets }) => {
      const runs = names.map(name => this.#of(name))
      const line = (run: RunSummary) => {
        const seed = run.about?.hyperparameters.seed ?? 0
        const values = Float32Array.from({ length: Math.min(buckets, 100) }, (_, i) => 5 / (1 + seed + i))
        return {
          iterations: Int32Array.from(values, (_, i) => 30 * (i + 1)),
          low: values.map(value => 0.8 * value),
          high: values.map(value => 1.2 * value),
          smooth: values,
        }
      }
      const abouts = runs.flatMap(({ about }) => (about === null ? [] : [about]))
      const evaluations = runs.map(run => this.evaluationsOf(run.name))
      return { runs, losses: runs.map(line), evaluations, differences: differencesOf(abouts) }
    },
  } satisfies Handlers<typeof runLibraryCalls & typeof binCalls>

  /** A curve that rises, for a run that was evaluated; nothing for one that was not. */
  evaluationsOf(name: string): EvaluationSeries {
    const { about } = this.#of(name)
    const count = about?.evaluated?.count ?? 0
    return {
      iterations: Int32Array.from({ length: count }, (_, i) => 100 * (i + 1)),
      accuracy: Float64Array.from({ length: count }, (_, i) => 0.9 - 0.6 / (i + 2)),
    }
  }

  #of(name: string): RunSummary {
    const run = this.runs.find(one => one.name === name)
    if (run === undefined) throw invalidInput(`There is no saved run "${name}".`)
    return run
  }
}
