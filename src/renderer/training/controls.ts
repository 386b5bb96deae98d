import type { Phase, Training } from '../../shared/contract.ts'

export type Action = 'train' | 'pause' | 'resume' | 'step' | 'stop'

/** What can be done in one phase. The first button changes with it; Step and Stop stay where they are. */
export interface Controls {
  readonly primary: Exclude<Action, 'step' | 'stop'> | null
  readonly step: boolean
  readonly stop: boolean
}

export function controlsIn(phase: Phase): Controls {
  switch (phase) {
    case 'idle':
    case 'done':
    case 'failed':
      return { primary: 'train', step: false, stop: false }
    case 'running':
      return { primary: 'pause', step: false, stop: true }
    case 'paused':
      return { primary: 'resume', step: true, stop: true }
    case 'embedding':
    case 'measuring':
    case 'saving':
      return { primary: null, step: false, stop: false }
    default:
      return phase satisfies never
  }
}

/** Each phase in a few words. */
const phaseWords: Record<Phase, string> = {
  idle: 'Ready to train',
  running: 'Training',
  paused: 'Paused',
  embedding: 'Placing all images',
  measuring: 'Measuring quality',
  saving: 'Saving the run',
  done: 'Done',
  failed: 'Failed',
}

/** The phase in words; a training that was stopped is not called done, and neither is a saved run that was opened. */
export function phaseText({ phase, iteration, iterations, opened, encoder, evaluated }: Training): string {
  if (encoder !== null) return 'Imported encoder'
  if (opened) return 'Saved run'
  if (phase === 'done' && evaluated?.stoppedEarly === true) return 'Stopped early'
  return phase === 'done' && iteration < iterations ? 'Stopped' : phaseWords[phase]
}
