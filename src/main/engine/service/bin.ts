import type { binCalls } from '../../../shared/contract/bin.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { emptyWholeBin, wholeBin } from '../data/library/whole-bin.ts'
import { binFolder } from '../runs/library/bin.ts'

export const binHandlers = () =>
  ({
    bin: async () => ({ folder: binFolder(), all: await wholeBin() }),
    emptyBin: async () => ({ deleted: await emptyWholeBin() }),
  }) satisfies Handlers<typeof binCalls>
