import type { Query } from '../../../shared/contract.ts'
import { nameOf } from '../queries.ts'
import { useFolders } from './folders-state.ts'

const none: readonly string[] = []

/** How images are called where a folder's pictures may be among them. */
export function useNames() {
  const folders = useFolders()
  return {
    /** Names of a folder's pictures. @param folder its gallery; null for none */
    of: (folder: string | null): readonly string[] =>
      folder === null ? none : (folders.find(folder)?.names ?? none),
    ofQuery: (query: Query): string =>
      (query.kind === 'member' ? folders.find(query.gallery)?.names[query.index] : undefined) ??
      nameOf(query),
  }
}
