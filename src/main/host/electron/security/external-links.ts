import type { Shell } from 'electron'

/** Whose pages the person's browser is asked to open: the paper of the method, by the registry of its name. */
const hosts: ReadonlySet<string> = new Set(['doi.org'])

/** Hadsell, Chopra, LeCun: Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006. */
export const paperAddress = 'https://doi.org/10.1109/CVPR.2006.100'

/** Opens an address in the person's browser if it is on the list. @returns whether it is */
export async function openExternal(
  shell: Pick<Shell, 'openExternal'>,
  address: string,
  log: (text: string) => void,
): Promise<boolean> {
  if (!isAllowed(address)) {
    log(`An address that is not on the list was not opened: ${address.slice(0, 200)}`)
    return false
  }
  await shell.openExternal(address)
  return true
}

function isAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, port, username, password } = new URL(address)
  return protocol === 'https:' && hosts.has(hostname) && port === '' && username === '' && password === ''
}
