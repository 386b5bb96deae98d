import { type ComputedRef, computed, type Ref, ref } from 'vue'
import type { Engine } from '../engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { type Action, type Controls, controlsIn } from './controls.ts'
import type { HyperparameterForm } from './hyperparameter-form.ts'

export interface TrainingControls {
  readonly controls: ComputedRef<Controls>
  /** Why the primary action cannot be taken although the phase has one; null when it can. */
  readonly hindrance: ComputedRef<string | null>
  /** Whether an action can be taken now. */
  can(action: Action): boolean
  /** Takes an action if it can be taken now. What the engine answers shows as a notice if it is an error. */
  act(action: Action): Promise<void>
  /** Whether the run that is shown was stopped before its last iteration, so that its training can go on. */
  readonly canGoOn: ComputedRef<boolean>
  /** Goes on with it, as a run of its own. */
  goOn(): Promise<void>
  /** A call is on its way. */
  readonly pending: Ref<boolean>
}

/** The buttons' and the shortcuts' common ground: what can be done, and doing it. */
export function useTrainingControls(engine: Engine, form: HyperparameterForm): TrainingControls {
  const { client, training, connection, notice } = engine
  const pending = ref(false)
  const controls = computed(() => controlsIn(training.value.phase))
  const hindrance = computed(() => {
    if (connection.value !== 'ready') return 'There is no engine to train with just now.'
    if (controls.value.primary === 'train' && form.setup.value === null)
      return 'Correct the marked values first.'
    return null
  })
  const can = (action: Action): boolean => {
    if (pending.value || hindrance.value !== null) return false
    return action === 'step' || action === 'stop' ? controls.value[action] : controls.value.primary === action
  }
  const take = (action: Action) => {
    if (action !== 'train') return client[action]()
    const setup = form.setup.value
    return setup === null ? null : client.start(setup)
  }
  const canGoOn = computed(() => {
    const { phase, folder, iteration, iterations } = training.value
    return connection.value === 'ready' && phase === 'done' && folder !== null && iteration < iterations
  })
  const attempt = async (work: () => unknown): Promise<void> => {
    if (pending.value) return
    pending.value = true
    notice.value = null
    try {
      await work()
    } catch (error) {
      notice.value = errorNotice(error)
    } finally {
      pending.value = false
    }
  }
  const act = async (action: Action): Promise<void> => {
    if (can(action)) await attempt(() => take(action))
  }
  const goOn = async (): Promise<void> => {
    const { folder } = training.value
    if (canGoOn.value && folder !== null) await attempt(() => client.goOn({ folder }))
  }
  return { controls, hindrance, can, act, canGoOn, goOn, pending }
}
