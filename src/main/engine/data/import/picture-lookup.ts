import type { ByteFile } from './byte-file.ts'
import { baseName, withoutEnding } from './names.ts'

/**
 * Finds the picture that a table's cell means: by its path, with or without its ending, or by its name alone where only
 * one picture has it. Tables are often made where the pictures lay in another folder.
 */
export class PictureLookup {
  readonly #found = new Map<string, ByteFile | null>()

  constructor(pictures: readonly ByteFile[]) {
    // What names it most exactly comes first, and is not made doubtful by what follows.
    for (const keyOf of [
      (path: string) => path,
      withoutEnding,
      baseName,
      (path: string) => withoutEnding(baseName(path)),
    ]) {
      const added = new Map<string, ByteFile | null>()
      for (const picture of pictures) {
        const key = keyOf(picture.path)
        if (this.#found.has(key)) continue
        added.set(key, added.has(key) ? null : picture)
      }
      for (const [key, picture] of added) this.#found.set(key, picture)
    }
  }

  /** @param folder where the table lies, "" or ending in "/": what is there goes before others of the same name */
  find(cell: string, folder: string): ByteFile | undefined {
    const path = cell
      .trim()
      .replaceAll('\\', '/')
      .replace(/^(\.\/)+/, '')
    if (path === '') return undefined
    return (
      this.#found.get(folder + path) ?? this.#found.get(path) ?? this.#found.get(baseName(path)) ?? undefined
    )
  }
}
