import { open, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, resolve, sep } from 'node:path'
import { badFile } from '../../../shared/errors.ts'
import { shortened } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'

/** A file of so many bytes at most. @throws bad-file */
export async function readBounded(path: string, most: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r')
    try {
      const about = await file.stat()
      if (!about.isFile()) throw badFile(path, 'it is no file.')
      if (about.size > most) throw badFile(path, `it is larger than ${Math.round(most / 1e6)} MB.`)
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw badFile(path, code === 'ENOENT' ? 'there is no such file.' : `it cannot be read (${code}).`, error)
  }
}

/**
 * Where a file lies that another one names: beside it or below, whatever the name says and wherever links lead
 * (github.com/tensorflow/tfjs/issues/8709). @throws ImportFault
 */
export async function besides(file: string, name: string): Promise<string> {
  const folder = await realpath(dirname(resolve(file)))
  const outside = isAbsolute(name) || /^[a-z]+:|\\|\0/i.test(name) || name.split('/').includes('..')
  const path = resolve(folder, name)
  // What is not there is told of when it is read.
  const real = outside ? '' : await realpath(path).catch(() => path)
  if (!real.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    throw new ImportFault(`it names weights outside its folder: "${shortened(name)}".`)
  return path
}
