import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeEvaluations, encodeEvaluations } from '../../../../../src/main/engine/runs/run-evaluations.ts'

const read = (text: string) => decodeEvaluations(Buffer.from(text), 'runs/a/evaluations.csv')

test('evaluations are read as they were written, every digit of them', () => {
  const accuracies = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 })
  fc.assert(
    fc.property(accuracies, list => {
      const evaluations = list.map((accuracy, i) => ({
        iteration: 7 * (i + 1),
        accuracy: Math.abs(accuracy),
      }))
      expect(read(encodeEvaluations(evaluations))).toEqual(evaluations)
    }),
  )
})

test.each([
  ['', /it holds no evaluations/],
  ['iteration,loss\n1,0.5\n', /it holds no evaluations/],
  ['iteration,accuracy\n1.5,0.5\n', /"1\.5,0\.5" in it is no evaluation/],
  ['iteration,accuracy\n20,0.5\n10,0.5\n', /"10,0\.5" in it is no evaluation/],
  ['iteration,accuracy\n10,1.5\n', /accuracy after iteration 10 is no share/],
  ['iteration,accuracy\n10\n', /accuracy after iteration 10 is no share/],
  ['iteration,accuracy\n10,\n', /accuracy after iteration 10 is no share/],
])('%j is refused, naming the file', (text, fault) => {
  expect(() => read(text)).toThrow(fault)
  expect(() => read(text)).toThrow(/runs\/a\/evaluations\.csv/)
})
