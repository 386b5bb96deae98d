import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Engine } from '../engine.ts'
import { type ExplorerState, useExplorer } from '../explorer/explorer-state.ts'
import type { Scene, Turn } from '../explorer/scene.ts'
import { ballOf, type Rotation, turnOf } from '../explorer/turn.ts'
import { perEngine } from '../search/per-engine.ts'
import { identity, turnedBy } from './rotation.ts'

export interface Turning {
  readonly rotation: ShallowRef<Rotation>
  /** Three dimensions are drawn: they can be turned. */
  readonly solid: ComputedRef<boolean>
  /** They are turned, or about to be. */
  readonly turning: ComputedRef<boolean>
  /** Radians; see `turnedBy`. */
  turn(across: number, down: number): void
  /** How a scene is seen; null: as it is. */
  turnFor(scene: Scene): Turn | null
}

/** From which side three dimensions are seen. */
export function createTurning({
  horizontal,
  vertical,
  shown,
  tool,
}: Pick<ExplorerState, 'horizontal' | 'vertical' | 'shown' | 'tool'>): Turning {
  const rotation = shallowRef<Rotation>(identity)
  const solid = computed(() => shown.value?.size === 3)
  const turning = computed(() => solid.value && (tool.value === 'turn' || rotation.value !== identity))
  watch(
    solid,
    now => {
      if (now) return
      rotation.value = identity
      if (tool.value === 'turn') tool.value = 'move'
    },
    { flush: 'sync' },
  )
  // Who picks two features wants to see them, and not something turned.
  watch(
    [horizontal, vertical],
    () => {
      rotation.value = identity
    },
    { flush: 'sync' },
  )
  return {
    rotation,
    solid,
    turning,
    turn: (across, down) => {
      rotation.value = turnedBy(rotation.value, across, down)
    },
    turnFor: scene => {
      if (!turning.value || scene.vertical === null) return null
      const depth = [2, 1, 0].find(one => one !== scene.horizontal && one !== scene.vertical) as number
      const ball = ballOf(scene, depth)
      return ball === null ? null : turnOf(depth, rotation.value, ball)
    },
  }
}

export const useTurning = perEngine((_: Engine) => createTurning(useExplorer()))
