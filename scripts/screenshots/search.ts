import { bring, drag, fold, openTab, openView, panel, press, putPointerAway } from './hands.ts'
import type { Section, State } from './state.ts'

/** Pictures that the states bring, from outside of the data set. */
export interface Pictures {
  /** A figure as a person wrote it. */
  readonly paper: Buffer
  /** Nothing like the images that were trained on. */
  readonly strange: Buffer
  readonly several: readonly { readonly name: string; readonly png: Buffer }[]
}

export const query: State = {
  name: 'search',
  line: 'A test image and its nearest neighbours, each with its class and its distance, and the way to them in the scatter.',
  come: async page => {
    await openView(page, 'Explorer')
    await openTab(page, /^Search$/)
    await press(page, 'Random test image')
    await panel(page)
      .getByRole('button', { name: /^9: class/ })
      .waitFor()
    await putPointerAway(page)
  },
}

export const searching = ({ paper, several, strange }: Pictures): Section => ({
  title: 'Image search',
  states: [
    query,
    {
      name: 'why',
      line: 'Why are they near? What in the query and in its neighbour holds the two together.',
      come: async page => {
        await panel(page)
          .getByRole('button', { name: /^1: class/ })
          .focus()
        await page.keyboard.press('w')
        const words = panel(page).getByText(/^They fall/)
        await words.waitFor()
        await words.scrollIntoViewIfNeeded()
      },
      leave: page => fold(page, 'Why are they near?', false),
    },
    {
      name: 'drawing',
      line: 'The drawing pad: the neighbours follow the pen.',
      come: async page => {
        await fold(page, 'Draw a query', true)
        const pad = panel(page).getByRole('application', { name: 'Drawing pad' })
        for (const stroke of three) await drag(page, pad, stroke)
        await panel(page)
          .getByRole('button', { name: /^9: class/ })
          .waitFor()
        await putPointerAway(page)
      },
      leave: page => fold(page, 'Draw a query', false),
    },
    {
      name: 'choice',
      line: 'What is searched: how many neighbours, in which images, of which classes.',
      come: page => fold(page, 'What is searched', true),
      leave: page => fold(page, 'What is searched', false),
    },
    {
      name: 'preparation',
      line: 'A photograph of a figure, step by step to what the network sees; each step can be changed.',
      come: async page => {
        await bring(page, [{ name: 'seven-on-paper.png', png: paper }])
        await panel(page).getByRole('img', { name: 'seven-on-paper.png, as the network sees it' }).waitFor()
        await fold(page, 'Preparation', true)
        const part = panel(page).getByRole('region', { name: 'Preparation', exact: true })
        await part.evaluate(element => element.scrollIntoView({ block: 'start' }))
        await putPointerAway(page)
      },
      leave: page => fold(page, 'Preparation', false),
    },
    {
      name: 'novelty',
      line: 'A picture unlike anything in the training is said to be so.',
      come: async page => {
        await bring(page, [{ name: 'target.png', png: strange }])
        await panel(page).getByRole('img', { name: 'target.png, as the network sees it' }).waitFor()
      },
    },
    {
      name: 'several',
      line: 'Several pictures at once: a row each.',
      come: async page => {
        await bring(page, several)
        await panel(page)
          .getByText(/^\d pictures/)
          .first()
          .waitFor()
        await page.waitForTimeout(1500)
      },
      leave: page => fold(page, 'Several pictures', false),
    },
    {
      name: 'compare',
      line: 'Two images compared: their distance, the verdict, and how often it errs at that threshold.',
      come: async page => {
        await openTab(page, 'Compare')
        for (const name of ['Image A', 'Image B']) {
          const slot = page.getByRole('region', { name })
          await slot.getByRole('button', { name: /Random/ }).click()
          await slot.getByText(/^Test image/).waitFor()
        }
        await putPointerAway(page)
      },
    },
  ],
})

/** The strokes of a three, in shares of the pad. */
const three = [
  [
    [0.32, 0.24],
    [0.5, 0.16],
    [0.66, 0.28],
    [0.58, 0.42],
    [0.46, 0.48],
    [0.62, 0.56],
    [0.68, 0.7],
    [0.52, 0.84],
    [0.32, 0.78],
  ],
] as const
