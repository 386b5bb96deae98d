import type { DataSummary } from '../../shared/contract.ts'

/** Whether an index means the same test image, with the same label, in both. */
export const sameImages = (a: DataSummary | null, b: DataSummary | null): boolean =>
  a?.id === b?.id && a?.testCount === b?.testCount && a?.corrections === b?.corrections

type Identity = Pick<DataSummary, 'id' | 'trainCount' | 'testCount' | 'corrections'>

/** The same for the same images in both splits, and for no others: what is kept of images is kept by it. */
export const imagesKey = (data: Identity | null): string =>
  data === null ? '' : JSON.stringify([data.id, data.trainCount, data.testCount, data.corrections])
