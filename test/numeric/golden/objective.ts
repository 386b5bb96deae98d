import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type LossName =
  | 'contrastive'
  | 'triplet none'
  | 'triplet semi-hard'
  | 'triplet hard'
  | 'n-pairs'
  | 'supervised-contrastive'
  | 'class-means'

interface Golden {
  /** [12, 3] */
  readonly features: number[][]
  readonly losses: Record<LossName, { readonly loss: number; readonly gradient: number[][] }>
  readonly adamW: number[]
  readonly oneCycle: number[]
}

/** What PyTorch and pytorch-metric-learning make of it: see objective.py. */
export const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'objective.json'), 'utf8')) as Golden
