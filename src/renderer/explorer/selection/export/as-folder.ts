import { Zip, ZipPassThrough } from 'fflate'
import { nthImage } from '../../../ui/image-pixels.ts'
import { imagePng } from './image-png.ts'
import { batchesOf, type ExportJob, folderName } from './job.ts'

/** A ZIP of a folder a class, with a PNG an image, named by its index, and by its split where there are both. */
export async function asFolder(job: ExportJob): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((fault, part) => {
    if (fault !== null) throw fault
    parts.push(part as Uint8Array<ArrayBuffer>)
  })
  const folders = foldersOf(job.data.classes)
  for await (const { names, labels, pixels } of batchesOf(job)) {
    for (const [i, name] of names.entries()) {
      // PNG is packed already.
      const file = new ZipPassThrough(`${folders[labels[i] as number]}/${name}.png`)
      zip.add(file)
      file.push(imagePng(nthImage(pixels, names.length, i), job.data), true)
    }
  }
  zip.end()
  return new Blob(parts, { type: 'application/zip' })
}

/** One for each class: two that a file system could not tell apart are numbered. */
function foldersOf(classes: readonly string[]): string[] {
  const taken = new Set<string>()
  return classes.map((name, label) => {
    const plain = folderName(name)
    const folder = taken.has(plain.toLowerCase()) ? `${plain}_${label}` : plain
    taken.add(folder.toLowerCase())
    return folder
  })
}
