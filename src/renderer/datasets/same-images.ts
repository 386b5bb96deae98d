import type { DataSummary } from '../../shared/contract.ts'

/** Whether an index means the same image, with the same label, in both. */
export const sameImages = (a: DataSummary | null, b: DataSummary | null): boolean =>
  a?.name === b?.name && a?.testCount === b?.testCount && a?.corrections === b?.corrections
