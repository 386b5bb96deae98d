import * as tf from '@tensorflow/tfjs-core'
import { adamEpsilon } from '../../../shared/hyperparameters.ts'

export interface AdamSettings {
  /** beta 1 */
  readonly gradientDecay: number
  /** beta 2 */
  readonly squaredGradientDecay: number
  /** How strongly weights are drawn to zero; none at 0. */
  readonly weightDecay: number
}

/** All that Adam remembers, outside TensorFlow: the moving averages of each variable in turn. */
export interface AdamState {
  readonly iteration: number
  readonly means: readonly Float32Array[]
  readonly meanSquares: readonly Float32Array[]
}

/** Both moving averages of one variable. */
interface Moments {
  readonly mean: tf.Variable
  readonly meanSquare: tf.Variable
}

/**
 * Adam with bias correction (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1), with
 * the weights' own decay apart from it (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2).
 * The corrections are computed here in double precision: TensorFlow.js's own optimiser multiplies them up in 32 bits.
 */
export class Adam {
  readonly #settings: AdamSettings
  readonly #variables: readonly tf.Variable[]
  readonly #moments: readonly Moments[]
  #iteration: number

  /** @param from where it goes on; from the start if left out */
  constructor(variables: readonly tf.Variable[], settings: AdamSettings, from?: AdamState) {
    this.#settings = settings
    this.#variables = variables
    this.#iteration = from?.iteration ?? 0
    const average = (variable: tf.Variable, values: Float32Array | undefined): tf.Variable =>
      tf.variable(values === undefined ? tf.zerosLike(variable) : tf.tensor(values, variable.shape), false)
    this.#moments = tf.tidy(() =>
      variables.map((variable, i) => ({
        mean: average(variable, from?.means[i]),
        meanSquare: average(variable, from?.meanSquares[i]),
      })),
    )
  }

  /** Moves every variable against its gradient; `gradients` in the order of the variables. */
  apply(gradients: readonly tf.Tensor[], learningRate: number): void {
    this.#iteration++
    const { gradientDecay, squaredGradientDecay, weightDecay } = this.#settings
    const meanCorrection = 1 - gradientDecay ** this.#iteration
    const squareCorrection = Math.sqrt(1 - squaredGradientDecay ** this.#iteration)
    tf.tidy(() => {
      this.#variables.forEach((variable, i) => {
        const { mean, meanSquare } = this.#moments[i] as Moments
        const gradient = gradients[i] as tf.Tensor
        mean.assign(movingAverage(mean, gradient, gradientDecay))
        meanSquare.assign(movingAverage(meanSquare, tf.square(gradient), squaredGradientDecay))
        const scale = tf.add(tf.div(tf.sqrt(meanSquare), squareCorrection), adamEpsilon)
        const kept = weightDecay === 0 ? variable : tf.mul(variable, 1 - learningRate * weightDecay)
        variable.assign(tf.sub(kept, tf.mul(tf.div(mean, scale), learningRate / meanCorrection)))
      })
    })
  }

  async state(): Promise<AdamState> {
    const read = (averages: readonly tf.Variable[]): Promise<Float32Array[]> =>
      Promise.all(averages.map(average => average.data<'float32'>()))
    return {
      iteration: this.#iteration,
      means: await read(this.#moments.map(({ mean }) => mean)),
      meanSquares: await read(this.#moments.map(({ meanSquare }) => meanSquare)),
    }
  }

  dispose(): void {
    for (const { mean, meanSquare } of this.#moments) tf.dispose([mean, meanSquare])
  }
}

function movingAverage(average: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor {
  return tf.add(tf.mul(average, decay), tf.mul(value, 1 - decay))
}
