import '../../../src/renderer/ui/zod-without-eval.ts'
import { startWindow } from '../../../src/renderer/start-window.ts'
import { browserSettings } from '../../../src/renderer/ui/settings.ts'
import { setFakeClasses, setFakeShape } from '../fake-digits.ts'
import { FakeEngine } from '../fake-engine.ts'
import { fakeHost } from '../fake-host.ts'

/**
 * The real window over a fake engine, to look at while it is being made:
 * `vite --config test/fakes/page/vite.config.ts`, with `?classes=100` for so many, `&shape=48x32x3` for
 * images of 48 x 32 pixels in colour. In the console, `fakeEngine.crash()` and the like.
 */
const asked = new URL(window.location.href).searchParams
const classes = asked.get('classes')
if (classes !== null) setFakeClasses(Number(classes))
const [width, height, channels] = (asked.get('shape') ?? '').split('x').map(Number)
if (width && height) setFakeShape({ width, height, channels: channels === 3 ? 3 : 1 })
const engine = new FakeEngine()
Object.assign(window, { fakeEngine: engine })
setInterval(() => engine.advance(10), 20)
startWindow(
  fakeHost(engine),
  browserSettings(() => window.localStorage),
)
