import 'splitpanes/dist/splitpanes.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/panes.css'
import { createApp } from 'vue'
import App from './App.vue'
import { defaultChoice } from './datasets/data-choice.ts'
import { createEngine, provideEngine } from './engine.ts'
import { type Host, provideHost } from './host.ts'
import { livePace } from './live-pace.ts'
import { useHyperparameterForm } from './training/hyperparameter-form.ts'
import { provideSettings, type Settings } from './ui/settings.ts'

/** Fills the page, for as long as it lives. */
export function startWindow(host: Host, settings: Settings): void {
  const form = useHyperparameterForm(settings)
  const engine = createEngine(host, {
    choice: () => form.setup.value?.data ?? defaultChoice,
    fallback: () => {
      form.imported.value = null
      return form.setup.value?.data ?? defaultChoice
    },
    signal: new AbortController().signal,
    paceMs: livePace(),
  })
  const app = createApp(App, { form, settings })
  provideHost(app, host)
  provideEngine(app, engine)
  provideSettings(app, settings)
  app.mount('#app')
}
