import { z } from 'zod'
import { adamFields } from './hyperparameters/adam.ts'
import { augmentationFields } from './hyperparameters/augmentation.ts'
import { evaluationFields } from './hyperparameters/evaluation.ts'
import { type HyperparameterField, schemaOf, type ValueOf } from './hyperparameters/field.ts'
import { frontFields } from './hyperparameters/front.ts'
import { networkFields } from './hyperparameters/network.ts'
import { objectiveFields } from './hyperparameters/objective.ts'
import { runFields } from './hyperparameters/run.ts'
import { scheduleFields } from './hyperparameters/schedule.ts'

/**
 * The single source of labels, limits, defaults and help: the form, the command line's flags and the checks are all
 * made from it. Limits are what still makes sense numerically or fits in memory, not taste.
 */
export const fields = {
  ...frontFields,
  ...networkFields,
  ...objectiveFields,
  ...augmentationFields,
  ...scheduleFields,
  ...adamFields,
  ...evaluationFields,
  ...runFields,
} as const

type Fields = typeof fields
export type HyperparameterName = keyof Fields

/** Every field in its kind's full width, in the order in which they are listed. */
export const fieldList = Object.entries(fields) as [HyperparameterName, HyperparameterField][]

export type Hyperparameters = { [Name in HyperparameterName]: ValueOf<Fields[Name]> }

type Shape = { [Name in HyperparameterName]: z.ZodDefault<z.ZodType<ValueOf<Fields[Name]>>> }

/**
 * Hyperparameters of one training. Parsing fails with one sentence per wrong field. What is missing is the recipe's, so
 * that runs and settings from before a field was there can be opened.
 */
export const hyperparametersSchema = z.object(
  Object.fromEntries(
    fieldList.map(([name, field]) => [name, schemaOf(field).default(field.default)]),
  ) as Shape,
)

/** The reference recipe's values: every host starts from these. */
export const defaults: Hyperparameters = hyperparametersSchema.parse({})

/** Whether a field counts beside these values: a temperature, say, only for a loss that has one. */
export function counts(name: HyperparameterName, values: Readonly<Record<string, unknown>>): boolean {
  const { when = {} }: HyperparameterField = fields[name]
  return Object.entries(when).every(([other, wanted]) => wanted.some(value => value === values[other]))
}

/** Adam's epsilon (Kingma and Ba, ICLR 2015, algorithm 1) and the distance's, both fixed by the recipe. */
export const adamEpsilon = 1e-8
export const distanceEpsilon = 1e-6
