import { describe, expect, test } from 'vitest'
import {
  counts,
  defaults,
  fieldList,
  fields,
  hyperparametersSchema,
} from '../../../src/shared/hyperparameters.ts'

describe('hyperparameters', () => {
  test('the defaults are the recipe', () => {
    expect(hyperparametersSchema.parse(defaults)).toMatchObject({
      loss: 'contrastive',
      pairs: 'drawn',
      reduction: 'sum',
      schedule: 'constant',
      weightDecay: 0,
      margin: 0.3,
      batchSize: 180,
      iterations: 3000,
      learningRate: 1e-4,
      gradientDecay: 0.9,
      squaredGradientDecay: 0.99,
      encoder: 'mlp',
      filters: [24, 24, 48, 48],
      hiddenSizes: [1024, 1024],
      embeddingSize: 2,
      batchNorm: false,
      dropout: 0,
      normaliseInput: false,
      shift: 0,
      rotation: 0,
      scaling: 0,
      elastic: 0,
      noise: 0,
      seed: 1,
    })
  })

  test.each([
    ['margin', 0],
    ['margin', Number.NaN],
    ['margin', -1],
    ['batchSize', 0],
    ['batchSize', 1.5],
    ['iterations', 0],
    ['learningRate', -1],
    ['learningRate', 0],
    ['gradientDecay', 1],
    ['squaredGradientDecay', -0.1],
    ['embeddingSize', 0],
    ['seed', 2 ** 32],
  ] as const)('%s of %d is refused in a sentence that names it and its limits', (name, value) => {
    const { error } = hyperparametersSchema.safeParse({ ...defaults, [name]: value })
    const messages = error?.issues.map(issue => issue.message) ?? []
    expect(messages).toHaveLength(1)
    expect(messages[0]).toContain(fields[name].label)
    expect(messages[0]).toContain(String(fields[name].max))
  })

  test.each([[[]], [[0]], [[16, 2.5]], [[1, 1, 1, 1, 1, 1, 1, 1, 1]]])(
    'hidden sizes %j are refused',
    hiddenSizes => {
      expect(hyperparametersSchema.safeParse({ ...defaults, hiddenSizes }).success).toBe(false)
    },
  )

  test('every limit itself is accepted, but for those that a value must be above', () => {
    for (const [name, field] of fieldList) {
      if (field.kind !== 'number') continue
      const aboveMin = field.aboveMin === true
      expect(hyperparametersSchema.safeParse({ ...defaults, [name]: field.max }).success, name).toBe(true)
      expect(hyperparametersSchema.safeParse({ ...defaults, [name]: field.min }).success, name).toBe(
        !aboveMin,
      )
    }
  })

  test('what is missing is the default, so that older runs open', () => {
    const { seed: _, ...older } = defaults
    expect(hyperparametersSchema.parse({ ...older, margin: 2 })).toEqual({ ...defaults, margin: 2 })
  })

  test('what a field counts beside is another field and values that it can have', () => {
    for (const [name, { when = {} }] of fieldList) {
      expect(counts(name, defaults), name).toBeTypeOf('boolean')
      for (const [other, values] of Object.entries(when)) {
        for (const value of values) {
          expect(
            hyperparametersSchema.safeParse({ ...defaults, [other]: value }).data?.[
              other as keyof typeof fields
            ],
            name,
          ).toBe(value)
        }
      }
    }
  })
})
