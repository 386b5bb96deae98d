import './ui/zod-without-eval.ts'
import { isDesktop, pickHost } from './host.ts'
import { startWindow } from './start-window.ts'
import { browserSettings, cookieStorage } from './ui/settings.ts'

startWindow(
  pickHost(),
  browserSettings(() => (isDesktop() ? window.localStorage : cookieStorage(document))),
)
