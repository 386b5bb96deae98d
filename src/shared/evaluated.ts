import type { Evaluated } from './contract/evaluations.ts'
import type { Hyperparameters } from './hyperparameters.ts'

/**
 * What evaluations come to, in order; undefined before the first. By a validation share the first of the highest is the best, and
 * where patience is used up before the last iteration the training is over. Patience counts by multiples, so that whoever goes on
 * with a training that ended so has it anew, and nothing but the evaluations has to be kept.
 */
export function evaluatedOf(
  evaluations: readonly { readonly iteration: number; readonly accuracy: number }[],
  {
    validationShare,
    patience,
    iterations,
  }: Pick<Hyperparameters, 'validationShare' | 'patience' | 'iterations'>,
): Evaluated | undefined {
  const highest = evaluations.reduce((most, { accuracy }) => Math.max(most, accuracy), -1)
  const at = evaluations.findIndex(({ accuracy }) => accuracy === highest)
  const best = evaluations[at]
  if (best === undefined) return undefined
  const count = evaluations.length
  if (validationShare === 0) return { on: 'test', count, best: null, stoppedEarly: false }
  const since = count - 1 - at
  const isUsedUp = patience > 0 && since > 0 && since % patience === 0
  const isLast = evaluations.at(-1)?.iteration === iterations
  return { on: 'validation', count, best, stoppedEarly: isUsedUp && !isLast }
}

/** Which images a share of images is a share of. */
export const evaluatedImages = { validation: 'validation images', test: 'test images' } as const

const number = (value: number): string => value.toLocaleString('en')
const counted = (count: number): string => `${number(count)} evaluation${count === 1 ? '' : 's'}`

/** Whose network a training ends with, in a few words: "best of 12 evaluations, at iteration 900". */
export function endsWithInWords({ count, best }: Evaluated): string {
  if (best === null) return `the last network, after ${counted(count)} on the test images`
  return `best of ${counted(count)}, at iteration ${number(best.iteration)}`
}

/** What a training's evaluations came to, in sentences for a person who asks. */
export function evaluatedInWords(evaluated: Evaluated): string {
  const { best, stoppedEarly } = evaluated
  const words = endsWithInWords(evaluated)
  if (best === null) return `It has ${words}: they are for showing only.`
  const share = `${(100 * best.accuracy).toFixed(1)}%`
  const early = stoppedEarly ? ' Stopped early: none was better since.' : ''
  return `It has the network of the ${words}: ${share} of the validation images were named rightly.${early}`
}
