/** The window's own scheme. It stands in place of file://, which may read far more than the window. */
export const scheme = 'twinlens'
export const pageAddress = 'twinlens://app/index.html'

/** Whether an address is of the page that this program serves. */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host } = new URL(address)
  return protocol === `${scheme}:` && host === 'app'
}
