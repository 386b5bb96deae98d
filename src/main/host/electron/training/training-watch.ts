import { contract, type Training } from '../../../../shared/contract.ts'
import { TwinlensError } from '../../../../shared/errors.ts'
import { createClient } from '../../../../shared/rpc/client.ts'
import type { ConnectEngine } from '../link/engine-link.ts'

/** Where the training stands; null while there is no engine to ask. */
export type News = Training | null

export const isActive = (news: News): boolean =>
  news !== null && news.phase !== 'idle' && news.phase !== 'done' && news.phase !== 'failed'

/**
 * Follows the training in whichever engine runs, until the host closes. A few hundred bytes ten times a second at most:
 * losses and points go past this process.
 */
export async function watchTraining(connect: ConnectEngine, onNews: (news: News) => void): Promise<void> {
  for (;;) {
    const port = await connect(() => undefined).catch(closing)
    if (port === undefined) return
    try {
      for await (const news of createClient(contract, port).training()) onNews(news)
    } catch (error) {
      // An engine that cannot compute at all says so to the window, and has no training to follow until it ends.
      const crashed = error instanceof TwinlensError && error.kind === 'engine-crashed'
      if (!crashed) await new Promise<void>(resolve => port.onClose(resolve))
    }
    onNews(null)
  }
}

/** Refused only when the supervisor is closing. */
function closing(error: unknown): undefined {
  if (!(error instanceof TwinlensError && error.kind === 'engine-crashed')) throw error
}
