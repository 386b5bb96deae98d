import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ObjectiveSettings } from '../../../src/main/engine/twin/objective/objective.ts'

/** The objectives as the golden values have them. */
export const objectives = {
  contrastive: { loss: 'contrastive', pairs: 'all', margin: 2 },
  'triplet none': { loss: 'triplet', mining: 'none', margin: 1 },
  'triplet semi-hard': { loss: 'triplet', mining: 'semi-hard', margin: 1 },
  'triplet hard': { loss: 'triplet', mining: 'hard', margin: 1 },
  'n-pairs': { loss: 'n-pairs' },
  'supervised-contrastive': { loss: 'supervised-contrastive', temperature: 0.1 },
  'class-means': { loss: 'class-means' },
} as const satisfies Record<string, Partial<ObjectiveSettings>>

export type LossName = keyof typeof objectives

interface Golden {
  /** [12, 3] */
  readonly features: number[][]
  readonly losses: Record<LossName, { readonly loss: number; readonly gradient: number[][] }>
  readonly adamW: number[]
  readonly oneCycle: number[]
}

/** What PyTorch and pytorch-metric-learning make of it: see objective.py. */
export const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'objective.json'), 'utf8')) as Golden
