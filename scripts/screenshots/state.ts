import type { Page } from 'playwright-core'

/** A state of the window that is photographed. */
export interface State {
  /** Of its files: "lasso" gives lasso-light.png and lasso-dark.png. */
  readonly name: string
  /** What one sees, in a line. */
  readonly line: string
  /** Brings the window there from the state before. */
  come(page: Page): Promise<unknown>
  /** What has to be put away again before the next one. */
  leave?(page: Page): Promise<unknown>
}

export interface Section {
  readonly title: string
  readonly states: readonly State[]
}

export const schemes = ['light', 'dark'] as const

export const fileOf = (name: string, scheme: (typeof schemes)[number]): string => `${name}-${scheme}.png`

/** The states of a section under other names, for a window that shows other images. */
export const renamed = ({ title, states }: Section, kind: string, ending: string): Section => ({
  title: `${title}${ending}`,
  states: states.map(state => ({ ...state, name: `${state.name}-${kind}` })),
})
