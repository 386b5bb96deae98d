import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { badFile } from '../../../../shared/errors.ts'
import { breathe } from '../../embedding/breathe.ts'
import { type ByteFile, DiskFile, readingError } from './byte-file.ts'
import { importLimits } from './limits.ts'
import { isClutter, shownName, whyNameRefused } from './names.ts'
import type { Skipped } from './source.ts'

/**
 * Lists a folder and all folders in it. A symbolic link to a file within the folder is that file; one that leads out
 * is not followed, so that a data set cannot take in a person's other files. Links to folders are not followed at all:
 * within the folder theirs are listed already, and so there is no circle.
 */
export class FolderWalk {
  readonly files: ByteFile[] = []
  readonly skipped: Skipped[] = []
  /** The folder as the disk has it, links resolved. */
  readonly #root: string
  readonly #where: string
  #seen = 0

  private constructor(root: string, where: string) {
    this.#root = root
    this.#where = where
  }

  /**
   * @param prefix what the paths begin with; empty for none
   * @throws bad-file: not there, not a folder, more entries than the limit; cancelled
   */
  static async of(where: string, prefix: string, signal: AbortSignal): Promise<FolderWalk> {
    let root: string
    try {
      root = await realpath(where)
    } catch (error) {
      throw readingError(where, error)
    }
    const walk = new FolderWalk(root, where)
    const folders = [{ where, path: prefix }]
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      await breathe(signal, 'Looking through the folder')
      folders.push(...(await walk.#list(next.where, next.path)))
    }
    return walk
  }

  /** Takes a folder's files; returns the folders in it. */
  async #list(where: string, path: string): Promise<{ where: string; path: string }[]> {
    let entries: Dirent[]
    try {
      entries = await readdir(where, { withFileTypes: true })
    } catch (error) {
      if (where === this.#where) throw readingError(where, error)
      this.#skip(path, 'this folder cannot be read.')
      return []
    }
    this.#seen += entries.length
    if (this.#seen > importLimits.entries) {
      const most = importLimits.entries.toLocaleString('en')
      throw badFile(this.#where, `it holds more than ${most} files and folders.`)
    }
    const folders: { where: string; path: string }[] = []
    for (const entry of entries) {
      const place = {
        where: join(where, entry.name),
        path: path === '' ? entry.name : `${path}/${entry.name}`,
      }
      if (isClutter(entry.name)) {
        this.#skip(place.path, 'it is hidden, or made by the system.')
        continue
      }
      const refused = whyNameRefused(place.path) ?? (await this.#whyNotFollowed(entry, place.where))
      if (refused !== undefined) this.#skip(place.path, refused)
      else if (entry.isDirectory()) folders.push(place)
      else this.files.push(new DiskFile(place.path, place.where))
    }
    return folders
  }

  async #whyNotFollowed(entry: Dirent, where: string): Promise<string | undefined> {
    if (entry.isFile() || entry.isDirectory()) return undefined
    if (!entry.isSymbolicLink()) return 'it is neither a file nor a folder.'
    try {
      const target = await realpath(where)
      if (
        target !== this.#root &&
        !target.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep)
      )
        return 'it is a symbolic link that leads out of the folder.'
      const found = await stat(target)
      if (found.isDirectory()) return 'it is a symbolic link to a folder, which is read where it is.'
      return found.isFile() ? undefined : 'it is a symbolic link to something that is no file.'
    } catch {
      return 'it is a symbolic link that leads nowhere.'
    }
  }

  #skip(path: string, reason: string): void {
    this.skipped.push({ name: shownName(path), reason })
  }
}
