import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first of these commands that PATH offers. A look at folders only: nothing is started. @param {string[]} names */
export function firstOnPath(names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.find(name =>
    folders.some(folder => folder !== '' && endings.some(ending => existsSync(join(folder, name + ending)))),
  )
}

export const findPython = () => firstOnPath(['python3', 'python'])

export const findCompiler = () => process.env.CXX || firstOnPath(['c++', 'g++', 'clang++'])

export const hasNvidiaDriver = () =>
  process.platform === 'linux' &&
  (existsSync('/proc/driver/nvidia/version') || firstOnPath(['nvidia-smi']) !== undefined)
