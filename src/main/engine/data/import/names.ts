import { importLimits } from './limits.ts'

/** Control characters, line ends, and the marks that turn the direction of writing: they make a name read as another. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** A name from a file as it may be shown anywhere, a terminal too: what is unprintable becomes \u{1b}. */
export function shownName(name: string): string {
  const cut = name.length > 300 ? `${name.slice(0, 300)}...` : name
  return cut.replace(new RegExp(unprintable, 'gu'), mark => `\\u{${mark.codePointAt(0)?.toString(16)}}`)
}

/** Why a file of this name is left out, for a person; undefined where nothing is wrong with it. */
export function whyNameRefused(path: string): string | undefined {
  if (unprintable.test(path)) return 'its name holds control characters.'
  if (path.length > importLimits.pathLength) return 'its name is too long.'
  return undefined
}

/** Files that a system or a viewer leaves behind, and what is hidden. */
export function isClutter(path: string): boolean {
  return path
    .split('/')
    .some(part => part.startsWith('.') || part === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(part))
}

/**
 * A class's name as the data set holds it: one form of each letter (a Mac takes some apart), no space around it.
 * Undefined where it is empty, too long or unprintable.
 */
export function cleanLabel(label: string): string | undefined {
  const clean = label.normalize('NFC').trim()
  if (clean === '' || clean.length > importLimits.labelLength || unprintable.test(clean)) return undefined
  return clean
}

/** With the last "/"; empty where it lies in none. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** In lower case, with the dot; empty where there is none. */
export function endingOf(path: string): string {
  const name = baseName(path)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot).toLowerCase()
}

export const withoutEnding = (path: string): string => path.slice(0, path.length - endingOf(path).length)
