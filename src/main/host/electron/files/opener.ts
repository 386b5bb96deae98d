import { TwinlensError } from '../../../../shared/errors.ts'
import type { WindowLink } from '../link/window-link.ts'
import { classify } from './classify.ts'
import { readPicture } from './read-picture.ts'

export interface OpenerOptions {
  readonly link: Pick<WindowLink, 'pictures' | 'runs' | 'notices'>
}

/**
 * Opens what came from the menu, the command line or the file manager: a picture is searched by, a run is opened, and
 * the person is told why anything else is not.
 */
export async function openPath(path: string, { link }: OpenerOptions): Promise<void> {
  const asked = classify(path)
  if (asked.kind === 'run') return link.runs.put(asked.path)
  if (asked.kind === 'unknown') return link.notices.put(`${path} cannot be opened: ${asked.why}.`)
  try {
    link.pictures.put(await readPicture(path))
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    link.notices.put(error.message)
  }
}
