import type { EncoderSource } from '../../shared/contract.ts'
import { maxFrameBytes } from '../../shared/rpc/frame.ts'

/** What file pickers of browsers offer: an ONNX file, or a LayersModel's model.json with its weights, or a zip of either. */
export const encoderEndings = '.onnx,.json,.bin,.zip'

/** What is dropped is an encoder by its endings, all of them: pictures may have JSON beside them, and a zip hold images. */
export const holdsEncoder = (files: ArrayLike<Pick<File, 'name'>>): boolean => {
  const names = Array.from(files, ({ name }) => name)
  return (
    names.some(name => /\.(onnx|json)$/i.test(name)) && names.every(name => /\.(onnx|json|bin)$/i.test(name))
  )
}

/** What a message holds besides the files. */
const room = 65_536

export type ReadFiles = { readonly source: EncoderSource } | { readonly fault: string }

/** @param files only their sizes are looked at before they are read */
export async function readEncoderFiles(files: readonly File[]): Promise<ReadFiles> {
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (size > maxFrameBytes - room) {
    return {
      fault: `This encoder is too large for a browser to hand over (${Math.ceil(size / 1e6)} MB; at most ${Math.floor((maxFrameBytes - room) / 1e6)} MB). The desktop program and "twinlens search --encoder" take larger ones.`,
    }
  }
  try {
    const read = files.map(async file => ({
      name: file.name,
      file: new Uint8Array(await file.arrayBuffer()),
    }))
    return { source: { files: await Promise.all(read) } }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return { fault: 'The encoder cannot be read: it is a folder, or was moved, or is not yours to read.' }
  }
}
