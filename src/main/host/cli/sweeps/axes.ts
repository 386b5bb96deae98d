import type { SweepAxis } from '../../../../shared/contract/sweeps.ts'
import { invalidInput } from '../../../../shared/errors.ts'
import { parseValue } from '../../../../shared/sweep-values.ts'

const range = /^([^.].*?)\.\.(.+?)(?::(log|linear))?(?::(\d+))?$/

/**
 * What one hyperparameter may be, as typed: `margin=0.3,1,2`, `hidden-sizes=256,512x512`, `learning-rate=1e-4..1e-2:log:5`.
 * @throws invalid-input in words
 */
export function parseAxis(text: string): SweepAxis {
  const at = text.indexOf('=')
  if (at < 1) throw invalidInput(`"${text}": write what varies as name=values, such as margin=0.3,1,2.`)
  const name = text.slice(0, at).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const values = text.slice(at + 1)
  const [, from, to, scale, steps] = range.exec(values) ?? []
  if (from === undefined || to === undefined)
    return { kind: 'list', name, values: values.split(',').map(value => parseValue(name, value.trim())) }
  const end = (end: string): number => {
    const value = Number(end)
    if (Number.isNaN(value)) throw invalidInput(`"${text}": "${end}" is not a number.`)
    return value
  }
  if (steps !== undefined && Number(steps) < 2)
    throw invalidInput(`"${text}": a range has at least two values.`)
  return {
    kind: 'range',
    name,
    from: end(from),
    to: end(to),
    scale: scale === 'log' ? 'log' : 'linear',
    ...(steps === undefined ? {} : { steps: Number(steps) }),
  }
}
