import '../../../src/renderer/ui/zod-without-eval.ts'
import { startWindow } from '../../../src/renderer/start-window.ts'
import { browserSettings } from '../../../src/renderer/ui/settings.ts'
import { setFakeClasses } from '../fake-digits.ts'
import { FakeEngine } from '../fake-engine.ts'
import { fakeHost } from '../fake-host.ts'

/**
 * The real window over a fake engine, to look at while it is being made:
 * `vite --config test/fakes/page/vite.config.ts`, with `?classes=100` for so many. In the console, `fakeEngine.crash()` and the like.
 */
const classes = new URL(window.location.href).searchParams.get('classes')
if (classes !== null) setFakeClasses(Number(classes))
const engine = new FakeEngine()
Object.assign(window, { fakeEngine: engine })
setInterval(() => engine.advance(10), 20)
startWindow(
  fakeHost(engine),
  browserSettings(() => window.localStorage),
)
