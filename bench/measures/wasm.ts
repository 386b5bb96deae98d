import type { Measure } from '../figure.ts'
import { defaultSize, iterations, native, wasm } from '../trainers.ts'

export const measure: Measure = {
  title: 'ms an iteration of the default job on WebAssembly, against native',
  run: async bench => [await iterations(bench, 'wasm', defaultSize, [wasm, native])],
}
