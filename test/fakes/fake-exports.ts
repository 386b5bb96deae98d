import type { exportCalls } from '../../src/shared/contract/exports.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'

/** Exports that hold the format's name. */
export const fakeExports: Handlers<typeof exportCalls> = {
  exportRun: ({ name, format }) => ({
    name: `${name} ${format}.bin`,
    file: new TextEncoder().encode(format),
    note: null,
  }),
}
