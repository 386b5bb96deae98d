import { type ShallowRef, shallowRef } from 'vue'
import {
  type BackendInfo,
  type DataSummary,
  noTraining,
  type Points,
  type Training,
} from '../shared/contract.ts'
import { LossStore } from './training/loss-store.ts'

export type ConnectionState = 'connecting' | 'ready' | 'lost'

/** One thing that a person should know, shown across the window until it is put away. */
export interface Notice {
  readonly tone: 'information' | 'error'
  readonly text: string
  /** Something that can be done about it; the notice is put away by it. */
  readonly action?: { readonly label: string; readonly act: () => void }
}

/**
 * What the engine told last, shared by the whole window. Every ref is shallow: what it holds is replaced, never changed
 * in place, but for `losses`, which grows and is then triggered.
 */
export interface EngineState {
  readonly backend: ShallowRef<BackendInfo | null>
  readonly data: ShallowRef<DataSummary | null>
  readonly training: ShallowRef<Training>
  readonly losses: ShallowRef<LossStore>
  /** Always of the images in `data`; null while there are none. */
  readonly points: ShallowRef<Points | null>
  readonly connection: ShallowRef<ConnectionState>
  readonly notice: ShallowRef<Notice | null>
}

export const newEngineState = (): EngineState => ({
  backend: shallowRef(null),
  data: shallowRef(null),
  training: shallowRef(noTraining),
  losses: shallowRef(new LossStore()),
  points: shallowRef(null),
  connection: shallowRef('connecting'),
  notice: shallowRef(null),
})
