import { expect, test } from 'vitest'
import { presetNames, presets, presetValues } from '../../../../src/shared/hyperparameters/presets.ts'
import {
  counts,
  defaults,
  fieldList,
  type Hyperparameters,
  hyperparametersSchema,
} from '../../../../src/shared/hyperparameters.ts'

test.each(presetNames)(
  '"%s" has values within their limits, and none that does not count beside the others',
  name => {
    const values = presetValues(name)
    expect(hyperparametersSchema.parse(values)).toEqual(values)
    const chosen: Partial<Hyperparameters> = presets[name].values
    for (const [field] of fieldList) if (field in chosen) expect(counts(field, values), field).toBe(true)
  },
)

test('the recipe is the default job, and a seed stays', () => {
  expect(presetValues('recipe')).toEqual(defaults)
  for (const name of presetNames) expect(presetValues(name, 7).seed).toBe(7)
})
