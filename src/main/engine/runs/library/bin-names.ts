/** 20260102T030405678Z, for colons are not allowed in names everywhere. */
const stamped = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z (.+)$/

/** Under which something lies in the bin: when it was deleted, and what it was called. */
export const binnedName = (name: string, now: Date): string =>
  `${now.toISOString().replace(/[-:.]/g, '')} ${name}`

/** @returns when that was, ISO 8601, and its name; undefined where it is no such name */
export function readBinnedName(
  binned: string,
): { readonly deleted: string; readonly name: string } | undefined {
  const [, year, month, day, hour, minute, second, ms, name] = stamped.exec(binned) ?? []
  if (name === undefined || /[\\/]/.test(binned)) return undefined
  return { deleted: `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`, name }
}
