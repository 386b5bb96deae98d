import { distanceEpsilon } from '../../../shared/hyperparameters.ts'

/** What one pair does in the contrastive loss. */
export interface Pull {
  /** As the loss has it, epsilon included: d = sqrt(|a - b|^2 + 1e-6). */
  readonly distance: number
  /** Size of the gradient on either point; on the two it points in opposite directions. */
  readonly size: number
}

/**
 * How strongly a pair pulls its points together, or pushes them apart: the gradient of `contrastiveLoss`, whose form is
 * Hadsell, Chopra and LeCun's (CVPR 2006, equations 4 and 5). With r = |a - b| and d as above,
 * dL/da = a - b for a similar pair, of size r, and -(margin - d) (a - b) / d for a dissimilar one inside the margin, of
 * size (margin - d) r / d. A dissimilar pair at one place is therefore not pushed at all.
 */
export function pairPull(a: Float32Array, b: Float32Array, similar: boolean, margin: number): Pull {
  let square = 0
  for (let i = 0; i < a.length; i++) square += ((a[i] as number) - (b[i] as number)) ** 2
  const distance = Math.sqrt(square + distanceEpsilon)
  const apart = Math.sqrt(square)
  const size = similar ? apart : (Math.max(0, margin - distance) * apart) / distance
  return { distance, size }
}
