import type { Store } from './settings.ts'

const most = 10

/** Puts a run's folder first. */
export function rememberRun(settings: Store, folder: string): void {
  const others = settings.get('recentRuns').filter(run => run !== folder)
  settings.set('recentRuns', [folder, ...others].slice(0, most))
}
