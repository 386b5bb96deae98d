import type { Page } from 'playwright-core'
import { colourBy, drag, openTab, openView, press, putPointerAway, scatter } from './hands.ts'
import type { Section, State } from './state.ts'

const around = [
  [0.42, 0.14],
  [0.7, 0.1],
  [0.86, 0.34],
  [0.74, 0.56],
  [0.5, 0.52],
  [0.42, 0.14],
] as const

const points: State[] = [
  {
    name: 'explorer',
    line: 'Every test image as a point in the colour of its class, with its name where the class lies densest.',
    come: async page => {
      await openView(page, 'Explorer')
      await openTab(page, /^Selection/)
      await page.locator('.marks').waitFor()
      await putPointerAway(page)
    },
  },
  {
    name: 'lasso',
    line: 'A lasso: what it holds keeps its colour, the rest is grey; the selection as images.',
    come: async page => {
      await press(page, 'Lasso')
      await drag(page, scatter(page), around)
      await press(page, 'Move')
      await putPointerAway(page)
      await page.getByRole('list', { name: 'Classes of the selection' }).waitFor()
    },
  },
  {
    name: 'table',
    line: 'The same selection as a table: features, what the neighbours say, and how sure they are.',
    come: page => press(page, 'As a table'),
    leave: page => press(page, 'As images'),
  },
  {
    name: 'only',
    line: '“Only these”: the others are not there until one wants them back.',
    come: page => press(page, 'Only these'),
    leave: async page => {
      await press(page, 'Show all images again')
      await press(page, 'Select none')
    },
  },
  {
    name: 'agreement',
    line: 'Coloured by whether the five nearest neighbours agree with the label, and what does not agree selected.',
    come: async page => {
      await colourBy(page, 'agreement')
      await press(page, /^Select [\d,]+ misplaced$/)
      await putPointerAway(page)
    },
    leave: async page => {
      await press(page, 'Select none')
      await colourBy(page, 'class')
    },
  },
  {
    name: 'contours',
    line: 'Lines of equal density around each class.',
    come: async page => {
      await press(page, /^Lines of equal density/)
      await press(page, /^Lines of equal density/)
      await putPointerAway(page)
      await page.waitForTimeout(1500)
    },
    leave: page => press(page, /^Lines of equal density/),
  },
  {
    name: 'thumbnails',
    line: 'Close up, points are their images.',
    come: async page => {
      await zoomIn(page)
      await page.waitForTimeout(1500)
    },
    leave: page => press(page, 'Show all points'),
  },
]

/** Around the first test image, wherever it lies. */
async function zoomIn(page: Page): Promise<void> {
  await scatter(page).focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('PageDown')
  for (let i = 0; i < 7; i++) await page.keyboard.press('+')
  await page.keyboard.press('Escape')
  await putPointerAway(page)
}

const time: State[] = [
  {
    name: 'past',
    line: 'A moment of the past, and the way of each class through the training.',
    come: async page => {
      await page.getByLabel('Paths').selectOption('classes')
      const slider = page.getByRole('slider', { name: 'Moment of the training' })
      await slider.press('Home')
      for (let i = 0; i < 8; i++) await slider.press('ArrowRight')
      await page.waitForTimeout(1000)
    },
    leave: async page => {
      await page.getByRole('slider', { name: 'Moment of the training' }).press('End')
      await page.getByLabel('Paths').selectOption('none')
    },
  },
  {
    name: 'pairs',
    line: 'The hardest pairs of the moment, and how hard the loss pulls at them.',
    come: async page => {
      await openTab(page, 'Pairs')
      const row = page.getByRole('list', { name: 'Dissimilar, but near' }).getByRole('button').first()
      await row.click()
      await putPointerAway(page)
    },
  },
]

export const explorer: Section = { title: 'Explorer', states: points }
export const moments: Section = { title: 'Time', states: time }

export const figure: Section = {
  title: 'Figure',
  states: [
    {
      name: 'figure',
      line: 'What is on the screen as a figure for a paper: PNG at any size, or SVG.',
      come: async page => {
        await press(page, 'Save as a figure')
        await page.getByRole('dialog').waitFor()
      },
      leave: page => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click(),
    },
  ],
}

export const sides: Section = {
  title: 'Side by side',
  states: [
    {
      name: 'sides',
      line: 'Two moments of one training: the right laid over the left, the neighbours that were kept and lost.',
      come: async page => {
        await openView(page, 'Side by side')
        const moment = page.getByRole('combobox', { name: 'Left: moment' })
        const early = await moment.locator('option').nth(-8).getAttribute('value')
        await moment.selectOption(early)
        const left = page.getByRole('application', { name: /^Left scatter/ })
        await left.waitFor()
        await page.waitForTimeout(2000)
        await left.focus()
        await page.keyboard.press('PageDown')
        await page.keyboard.press('Enter')
        await page.waitForTimeout(1000)
      },
    },
  ],
}
