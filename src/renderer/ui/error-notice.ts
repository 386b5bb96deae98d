import { adviceFor, TwinlensError } from '../../shared/errors.ts'
import type { Notice } from '../engine-state.ts'

/** What went wrong and what to do, in words. An error that is none of ours is a fault of Twinlens: it goes to the log. */
export function errorNotice(error: unknown): Notice {
  if (error instanceof TwinlensError)
    return { tone: 'error', text: `${error.message} ${adviceFor(error.kind)}` }
  console.error(error)
  return { tone: 'error', text: `Something failed in this window. ${adviceFor('internal')}` }
}
