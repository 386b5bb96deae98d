import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { BrowserWindow, Dialog } from 'electron'
import type { PathKind } from '../../../../shared/desktop-contract.ts'
import { TwinlensError } from '../../../../shared/errors.ts'
import { pictureExtensions } from './classify.ts'

/** Native dialogs hang below the window where there is one. */
export interface DialogOptions {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>
  readonly window: () => BrowserWindow | undefined
}

/** @returns the path of a picture; undefined when the person chose none */
export async function choosePicture(dialogs: DialogOptions): Promise<string | undefined> {
  const [path] = await choose(dialogs, {
    title: 'Search by a picture',
    properties: ['openFile'],
    filters: [{ name: 'Pictures', extensions: [...pictureExtensions] }],
  })
  return path
}

/**
 * A folder of images to import, or files that hold them, of which none is filtered out: what a file is, is told by its content.
 * Or an encoder.
 * @returns paths; none when the person chose nothing
 */
export const choosePaths = (dialogs: DialogOptions, kind: PathKind): Promise<string[]> =>
  kind === 'encoder' ? chooseEncoder(dialogs) : chooseImages(dialogs, kind)

const chooseEncoder = (dialogs: DialogOptions): Promise<string[]> =>
  choose(dialogs, {
    title: 'Import an encoder',
    properties: ['openFile'],
    filters: [{ name: 'Encoders: ONNX, TensorFlow.js model.json, zip', extensions: ['onnx', 'json', 'zip'] }],
  })

const chooseImages = (dialogs: DialogOptions, kind: 'folder' | 'files'): Promise<string[]> =>
  choose(dialogs, {
    title: 'Import images',
    properties: kind === 'folder' ? ['openDirectory'] : ['openFile', 'multiSelections'],
  })

async function choose(
  { dialog, window }: DialogOptions,
  options: Electron.OpenDialogOptions,
): Promise<string[]> {
  const parent = window()
  const { canceled, filePaths } = await (parent === undefined
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options))
  return canceled ? [] : filePaths
}

/**
 * Writes a file of the window's where the person says.
 * @param file its name is a suggestion, without any folder that it may carry
 * @returns its name; null when the person did not want to after all
 * @throws TwinlensError bad-file, disk-full
 */
export async function saveFile(
  { dialog, window }: DialogOptions,
  file: { readonly name: string; readonly file: Uint8Array },
): Promise<{ name: string } | null> {
  const options: Electron.SaveDialogOptions = { defaultPath: basename(file.name.replaceAll('\\', '/')) }
  const parent = window()
  const { canceled, filePath } = await (parent === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options))
  if (canceled || filePath === '') return null
  try {
    await writeFile(filePath, file.file)
  } catch (cause) {
    const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
    throw new TwinlensError(
      full ? 'disk-full' : 'bad-file',
      `${filePath}: ${full ? 'the disk is full.' : 'it cannot be written there.'}`,
      { cause },
    )
  }
  return { name: basename(filePath) }
}
