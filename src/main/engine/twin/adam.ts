import * as tf from '@tensorflow/tfjs-core'
import { adamEpsilon } from '../../../shared/hyperparameters.ts'

export interface AdamSettings {
  readonly learningRate: number
  /** beta 1 */
  readonly gradientDecay: number
  /** beta 2 */
  readonly squaredGradientDecay: number
}

/** Both moving averages of one variable. */
interface Moments {
  readonly mean: tf.Variable
  readonly meanSquare: tf.Variable
}

/**
 * Adam with bias correction (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1).
 * The corrections are computed here in double precision: TensorFlow.js's own optimiser multiplies them up in 32 bits.
 */
export class Adam {
  readonly #settings: AdamSettings
  readonly #variables: readonly tf.Variable[]
  readonly #moments: readonly Moments[]
  #iteration = 0

  constructor(variables: readonly tf.Variable[], settings: AdamSettings) {
    this.#settings = settings
    this.#variables = variables
    this.#moments = tf.tidy(() =>
      variables.map(variable => ({
        mean: tf.variable(tf.zerosLike(variable), false),
        meanSquare: tf.variable(tf.zerosLike(variable), false),
      })),
    )
  }

  /** Moves every variable against its gradient; `gradients` in the order of the variables. */
  apply(gradients: readonly tf.Tensor[]): void {
    this.#iteration++
    const { learningRate, gradientDecay, squaredGradientDecay } = this.#settings
    const meanCorrection = 1 - gradientDecay ** this.#iteration
    const squareCorrection = Math.sqrt(1 - squaredGradientDecay ** this.#iteration)
    tf.tidy(() => {
      this.#variables.forEach((variable, i) => {
        const { mean, meanSquare } = this.#moments[i] as Moments
        const gradient = gradients[i] as tf.Tensor
        mean.assign(movingAverage(mean, gradient, gradientDecay))
        meanSquare.assign(movingAverage(meanSquare, tf.square(gradient), squaredGradientDecay))
        const scale = tf.add(tf.div(tf.sqrt(meanSquare), squareCorrection), adamEpsilon)
        variable.assign(tf.sub(variable, tf.mul(tf.div(mean, scale), learningRate / meanCorrection)))
      })
    })
  }

  dispose(): void {
    for (const { mean, meanSquare } of this.#moments) tf.dispose([mean, meanSquare])
  }
}

function movingAverage(average: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor {
  return tf.add(tf.mul(average, decay), tf.mul(value, 1 - decay))
}
