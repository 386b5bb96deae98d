export interface FrameTask {
  /** Have the task run in the next frame. Any number of requests before it are one. */
  request(): void
  /** Not any more. */
  cancel(): void
}

/** Runs a task at most once a frame, and in no frame that nothing was requested for; none are drawn while nobody sees the window. */
export function onceAFrame(task: () => void): FrameTask {
  let handle: number | null = null
  return {
    request: () => {
      handle ??= requestAnimationFrame(() => {
        handle = null
        task()
      })
    },
    cancel: () => {
      if (handle !== null) cancelAnimationFrame(handle)
      handle = null
    },
  }
}
