import { extname } from 'node:path'

/** Of the kinds of file that a built window has; a module script runs only under the right one. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** @returns undefined for a kind of file that no window has */
export const contentType = (file: string): string | undefined => types[extname(file).toLowerCase()]
