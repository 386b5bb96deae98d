import { effectScope } from 'vue'
import { type Engine, useEngine } from '../engine.ts'

/**
 * A state that the engine has one of: it outlives the components that show it.
 * @returns a composable @throws Error outside of an app with an engine
 */
export function perEngine<State>(create: (engine: Engine) => State): () => State {
  const states = new WeakMap<Engine, { readonly state: State }>()
  return () => {
    const engine = useEngine()
    const known = states.get(engine)
    if (known !== undefined) return known.state
    const state = effectScope(true).run(() => create(engine)) as State
    states.set(engine, { state })
    return state
  }
}
