import { effectScope } from 'vue'
import { type Engine, useEngine } from '../engine.ts'
import { createNewestAnswer, followWhileMounted, type NewestAnswer } from './newest-answer.ts'

/** A composable of one answer an engine, kept up to date while a component that uses it lives. */
export function newestOfEngine<T>(ask: (engine: Engine) => Promise<T>): () => NewestAnswer<T> {
  const states = new WeakMap<Engine, NewestAnswer<T>>()
  return () => {
    const engine = useEngine()
    let state = states.get(engine)
    if (state === undefined) {
      state = effectScope(true).run(() => createNewestAnswer(engine, () => ask(engine))) as NewestAnswer<T>
      states.set(engine, state)
    }
    return followWhileMounted(state)
  }
}
