import type { TrainPoints } from '../../src/shared/contract.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import { fakeLabel } from './fake-digits.ts'
import type { FakeTraining } from './fake-training.ts'

/** The training images about their classes' centres, once the training is done. */
export function fakeTrainPoints(training: FakeTraining, count: number): TrainPoints {
  const points = training.state.phase === 'done' ? training.points(count) : null
  if (points === null) throw invalidInput('Training images can be used once a training has ended.')
  const { iteration, values, size } = points
  const labels = Uint16Array.from({ length: count }, (_, index) => fakeLabel(index))
  return { training: points.training, iteration, values, size, labels }
}
