import type { Training } from '../../../../shared/contract.ts'

/** A training shorter than this, in s, was waited for. */
const longSeconds = 30

export interface EndNoticeOptions {
  /** Shows a notification of the system. */
  readonly show: (title: string, body: string) => void
  /** Whether the person looks at the window. */
  readonly isLooking: () => boolean
}

/** Tells of a long training's end if the person is elsewhere. */
export function noticeEnd({ show, isLooking }: EndNoticeOptions, ended: Training): void {
  if (ended.elapsedSeconds < longSeconds || isLooking()) return
  if (ended.phase === 'failed') show('The training failed', ended.error?.message ?? '')
  else show('The training is done', summary(ended))
}

function summary({ iteration, quality }: Training): string {
  const iterations = `${iteration.toLocaleString('en')} iterations.`
  const accuracy = quality?.knnAccuracy ?? null
  if (accuracy === null) return iterations
  return `${iterations} The nearest neighbours have the right class in ${(accuracy * 100).toFixed(1)} %.`
}
