import { expect, test } from 'vitest'
import { adviceFor, errorKinds, TwinlensError, wireErrorSchema } from '../../../src/shared/errors.ts'

test('every kind has advice, and survives the wire', () => {
  for (const kind of errorKinds) {
    expect(adviceFor(kind)).toMatch(/\.$/)
    const wire: unknown = structuredClone(new TwinlensError(kind, 'what happened').toWire())
    const back = TwinlensError.fromWire(wireErrorSchema.parse(wire))
    expect([back.kind, back.message]).toEqual([kind, 'what happened'])
  }
})

test('an unknown kind is refused', () => {
  expect(wireErrorSchema.safeParse({ kind: 'surprise', message: '' }).success).toBe(false)
})
