import './ui/zod-without-eval.ts'
import 'splitpanes/dist/splitpanes.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/panes.css'
import { createApp } from 'vue'
import App from './App.vue'
import { defaultChoice } from './datasets/data-choice.ts'
import { createEngine, provideEngine } from './engine.ts'
import { pickHost } from './host.ts'
import { useHyperparameterForm } from './training/hyperparameter-form.ts'
import { browserSettings, cookieStorage } from './ui/settings.ts'

const settings = browserSettings(() =>
  window.twinlens === undefined ? cookieStorage(document) : window.localStorage,
)
const form = useHyperparameterForm(settings)
// The page is the window: what it opens lives as long as it.
const engine = createEngine(pickHost(), {
  choice: () => form.setup.value?.data ?? defaultChoice,
  signal: new AbortController().signal,
})
const app = createApp(App, { form, settings })
provideEngine(app, engine)
app.mount('#app')
