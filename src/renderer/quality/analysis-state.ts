import { effectScope } from 'vue'
import type { Analysis } from '../../shared/contract.ts'
import { type Engine, useEngine } from '../engine.ts'
import { createNewestAnswer, followWhileMounted, type NewestAnswer } from './newest-answer.ts'

const states = new WeakMap<Engine, NewestAnswer<Analysis>>()

/** The engine's one 5-NN analysis, kept up to date while a component that uses it lives. */
export function useAnalysis(): NewestAnswer<Analysis> {
  const engine = useEngine()
  let state = states.get(engine)
  if (state === undefined) {
    const create = () => createNewestAnswer(engine, () => engine.client.analyse())
    state = effectScope(true).run(create) as NewestAnswer<Analysis>
    states.set(engine, state)
  }
  return followWhileMounted(state)
}
