import type { EvaluationSeries } from '../../../shared/contract/evaluations.ts'
import { badFile } from '../../../shared/errors.ts'

/** How good a training's network was after one of its iterations, by images that it does not learn from. */
export interface RunEvaluation {
  readonly iteration: number
  /** Share of those images that are named rightly by their 5 nearest training images, 0 to 1. */
  readonly accuracy: number
}

const heading = 'iteration,accuracy'

/** A line each, in order. JavaScript writes as many digits as tell every double apart. */
export const encodeEvaluations = (evaluations: readonly RunEvaluation[]): string =>
  [heading, ...evaluations.map(({ iteration, accuracy }) => `${iteration},${accuracy}`), ''].join('\n')

/** @throws bad-file naming `path`: not what `encodeEvaluations` made */
export function decodeEvaluations(file: Uint8Array, path: string): RunEvaluation[] {
  const [first, ...lines] = Buffer.from(file).toString('utf8').trimEnd().split('\n')
  if (first !== heading) throw badFile(path, 'it holds no evaluations.')
  let before = 0
  return lines.map(line => {
    const [iteration, accuracy] = line.split(',').map(text => (text === '' ? Number.NaN : Number(text)))
    if (iteration === undefined || !Number.isInteger(iteration) || iteration <= before)
      throw badFile(path, `the line "${line.slice(0, 40)}" in it is no evaluation.`)
    if (accuracy === undefined || !(accuracy >= 0 && accuracy <= 1))
      throw badFile(path, `its accuracy after iteration ${iteration} is no share.`)
    before = iteration
    return { iteration, accuracy }
  })
}

/** As windows are told of them. */
export const seriesOf = (evaluations: readonly RunEvaluation[]): EvaluationSeries => ({
  iterations: Int32Array.from(evaluations, ({ iteration }) => iteration),
  accuracy: Float64Array.from(evaluations, ({ accuracy }) => accuracy),
})
