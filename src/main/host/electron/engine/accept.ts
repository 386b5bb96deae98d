import type { ParentPort } from 'electron'
import type { Port } from '../../../../shared/rpc/port.ts'
import { MainPort } from '../link/main-port.ts'

/**
 * The engine's side of a utility process: every message of its parent brings a port, or asks it to end.
 * @param parent holds its messages back until this is called
 */
export function acceptFromParent(
  parent: Pick<ParentPort, 'on'>,
  onPort: (port: Port) => void,
  end: () => void,
): void {
  parent.on('message', ({ data, ports }) => {
    const [port] = ports
    if (data === 'end') end()
    else if (port !== undefined) onPort(new MainPort(port))
  })
}
