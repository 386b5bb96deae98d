import { existsSync, statSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'

/** By which a picture is known before it is read: the kinds that the engine decodes. */
export const pictureExtensions = ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff', 'gif'] as const

export type Asked =
  | { readonly kind: 'picture'; readonly path: string }
  | { readonly kind: 'run'; readonly path: string }
  | { readonly kind: 'unknown'; readonly path: string; readonly why: string }

/** What is meant by a path that came from the file manager or the command line. */
export function classify(path: string): Asked {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return { kind: 'unknown', path, why: 'there is no such file' }
  if (stat.isDirectory()) {
    return existsSync(join(path, 'manifest.json'))
      ? { kind: 'run', path }
      : { kind: 'unknown', path, why: 'it is a folder that holds no saved run' }
  }
  const extension = extname(path).slice(1).toLowerCase()
  return pictureExtensions.some(known => known === extension)
    ? { kind: 'picture', path }
    : { kind: 'unknown', path, why: 'it is no picture' }
}

/**
 * The paths among a command line's arguments. What begins with a dash is a switch, Chromium's or ours.
 * @param argv without the program itself
 */
export const pathsOf = (argv: readonly string[], folder: string): string[] =>
  argv.filter(argument => argument !== '' && !argument.startsWith('-')).map(path => resolve(folder, path))
