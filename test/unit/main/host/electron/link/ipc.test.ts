import type { IpcMain, WebContents, WebFrameMain } from 'electron'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listen } from '../../../../../../src/main/host/electron/link/ipc.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'
import { fakeFrame } from '../../../../../fakes/electron/window.ts'

const page = 'twinlens://app/index.html'
const ours = fake<WebContents>()

function start() {
  const ipcMain = fake<IpcMain>()
  const heard: unknown[] = []
  const logged: string[] = []
  listen(
    {
      ipcMain,
      channel: 'ask',
      schema: z.tuple([z.number()]),
      isWindow: contents => contents === ours,
      log: text => logged.push(text),
    },
    (_contents, [number]) => heard.push(number),
  )
  const send = (senderFrame: WebFrameMain | null, sender: WebContents, ...given: unknown[]) =>
    ipcMain.emit('ask', { sender, senderFrame }, ...given)
  return { send, heard, logged }
}

test('what the window’s own page sends is heard', () => {
  const { send, heard, logged } = start()
  send(fakeFrame(page), ours, 7)
  expect({ heard, logged }).toEqual({ heard: [7], logged: [] })
})

test.each<[string, WebFrameMain | null, WebContents]>([
  ['another site', fakeFrame('https://example.org/'), ours],
  ['a site whose name begins as ours', fakeFrame('twinlens://app.example.org/'), ours],
  ['a file', fakeFrame('file:///index.html'), ours],
  ['a frame inside the page', fakeFrame(page, fakeFrame(page)), ours],
  ['a frame that is gone', null, ours],
  ['another window', fakeFrame(page), fake<WebContents>()],
])('what %s sends is refused, and that is logged', (_who, frame, sender) => {
  const { send, heard, logged } = start()
  send(frame, sender, 7)
  expect(heard).toEqual([])
  expect(logged).toHaveLength(1)
})

test.each<[string, unknown[]]>([
  ['of another kind', ['7']],
  ['too few', []],
  ['too many', [7, 8]],
])('arguments that are %s are refused, and that is logged', (_what, given) => {
  const { send, heard, logged } = start()
  send(fakeFrame(page), ours, ...given)
  expect(heard).toEqual([])
  expect(logged).toHaveLength(1)
})
