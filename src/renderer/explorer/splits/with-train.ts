import type { Points, TrainPoints } from '../../../shared/contract.ts'

/** The test images' points followed by the training images'. @returns null where they are not of the same moment */
export function withTrain(test: Points, train: TrainPoints): Points | null {
  const { training, iteration, oldestIteration, size } = test
  if (train.training !== training || train.iteration !== iteration || oldestIteration !== iteration)
    return null
  if (train.size !== size || test.values.length === 0) return null
  const values = new Float32Array(test.values.length + train.values.length)
  values.set(test.values)
  values.set(train.values, test.values.length)
  return { ...test, values }
}
