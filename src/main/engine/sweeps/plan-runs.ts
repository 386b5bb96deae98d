import {
  mostSweepRuns,
  type SweepAxis,
  type SweepRequest,
  type SweepRun,
  type SweepValue,
} from '../../../shared/contract/sweeps.ts'
import { invalidInput } from '../../../shared/errors.ts'
import { evaluationFault } from '../../../shared/hyperparameters/evaluation.ts'
import { type Hyperparameters, hyperparametersSchema } from '../../../shared/hyperparameters.ts'
import { fieldOf } from '../../../shared/sweep-values.ts'
import { Random } from '../twin/random.ts'

type Values = Record<string, SweepValue>

/**
 * Every training of a sweep, in order: combinations first, then seeds. The same for the same request.
 * @param name of the sweep: its runs are called by it and their number
 * @throws invalid-input: a hyperparameter that there is not, or a value that it cannot have
 */
export function planRuns(name: string, request: SweepRequest): SweepRun[] {
  const { axes, choice, seeds } = request
  const twice = axes.find((axis, i) => axes.findIndex(other => other.name === axis.name) !== i)
  for (const { name: varied } of axes) fieldOf(varied)
  if (twice !== undefined) throw invalidInput(`"${twice.name}" is varied twice. Name all its values at once.`)
  if (axes.some(axis => axis.name === 'seed'))
    throw invalidInput('Seeds are not varied like other values: name them as the seeds of each combination.')
  const combinations = choice.kind === 'grid' ? grid(axes) : drawn(axes, choice.count, choice.seed)
  const total = combinations.length * seeds.length
  if (total > mostSweepRuns)
    throw invalidInput(`This would be ${total} runs. A sweep has at most ${mostSweepRuns}.`)
  const digits = Math.max(2, String(total).length)
  return combinations.flatMap((values, i) =>
    seeds.map((seed, j) => {
      hyperparametersOf(request.base, { values, seed })
      const number = String(i * seeds.length + j + 1).padStart(digits, '0')
      return { run: `${name} ${number}`, values, seed }
    }),
  )
}

/** What one run of a sweep is trained with. @throws invalid-input in words */
export function hyperparametersOf(
  base: Hyperparameters,
  { values, seed }: Pick<SweepRun, 'values' | 'seed'>,
): Hyperparameters {
  const parsed = hyperparametersSchema.safeParse({ ...base, ...values, seed })
  const fault = parsed.success ? evaluationFault(parsed.data) : undefined
  if (fault !== undefined) throw invalidInput(fault.message)
  if (parsed.success) return parsed.data
  throw invalidInput([...new Set(parsed.error.issues.map(({ message }) => message))].join('\n'))
}

function grid(axes: readonly SweepAxis[]): Values[] {
  return axes.reduce<Values[]>(
    (combinations, axis) =>
      combinations.flatMap(values => stepsOf(axis).map(value => ({ ...values, [axis.name]: value }))),
    [{}],
  )
}

function stepsOf(axis: SweepAxis): SweepValue[] {
  if (axis.kind === 'list')
    return [...new Map(axis.values.map(value => [JSON.stringify(value), value])).values()]
  const { steps } = axis
  if (steps === undefined)
    throw invalidInput(`A grid needs to know how many values of "${axis.name}" to try: from..to:5, say.`)
  const all = Array.from({ length: steps }, (_, i) => placed(axis, i / (steps - 1)))
  return [...new Set(all)]
}

function drawn(axes: readonly SweepAxis[], count: number, seed: number): Values[] {
  const random = Random.seeded(seed, 'display')
  return Array.from({ length: count }, () =>
    Object.fromEntries(
      axes.map(axis => [
        axis.name,
        axis.kind === 'list'
          ? (axis.values[random.below(axis.values.length)] as SweepValue)
          : placed(axis, random.uniform()),
      ]),
    ),
  )
}

/** @param share from 0, the range's beginning, to 1, its end */
function placed(axis: Extract<SweepAxis, { kind: 'range' }>, share: number): number {
  const { name, from, to, scale } = axis
  if (scale === 'log' && !(from > 0 && to > 0))
    throw invalidInput(`"${name}": a logarithmic range has no place for 0 or less.`)
  const value = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share
  // Three digits are as fine as any hyperparameter needs, and can be read.
  const rounded = Number(value.toPrecision(3))
  const field = fieldOf(name)
  if (field.kind !== 'number')
    throw invalidInput(`"${name}" is no number: name its values instead of a range.`)
  return field.integer ? Math.round(rounded) : rounded
}
