import { z } from 'zod'

/** Where a window was, in screen px; without x and y it goes where the system puts it. */
export const windowStateSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

/** Everything that is remembered from one time to the next, with what holds before. */
export const settingsSchema = z.object({
  window: windowStateSchema.default({ width: 1280, height: 800, maximized: false }),
  /** Folders, the newest first. */
  recentRuns: z.array(z.string()).max(10).default([]),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = settingsSchema.parse({})

/** The same as JSON Schema, a property each, as electron-store takes it. */
export const settingsJsonSchema = z.toJSONSchema(settingsSchema, { io: 'input' }).properties ?? {}
