import { expect, test } from 'vitest'
import { imageAt } from '../../src/main/engine/data/data-set.ts'
import { measureQuality } from '../../src/main/engine/embedding/quality.ts'
import { seriousFaults } from '../support/axe.ts'
import { gridRun, hostile, openReport } from './report-page.ts'
import { shownThumbnail } from './report-thumbnail.ts'

test('the report opens from a file, says what the run is, and asks for nothing', async () => {
  const { run } = await gridRun()
  const evaluations = [
    { iteration: 2, accuracy: 0.25 },
    { iteration: 3, accuracy: 0.5 },
  ]
  const evaluated = {
    on: 'validation' as const,
    count: 10,
    best: { iteration: 3, accuracy: 0.5 },
    stoppedEarly: true,
  }
  const { page, note, said, asked, address } = await openReport({
    ...run,
    evaluations,
    config: { ...run.config, evaluated },
  })
  expect(note).toBe(null)
  expect(await page.title()).toBe('on a grid · Twinlens')
  expect(said).toEqual([])
  expect(asked).toEqual([address])
  expect(await page.getByRole('row', { name: 'Margin 0.75 the recipe has 0.3' }).count()).toBe(1)
  expect(await page.locator('dl > div').allTextContents()).toEqual([
    expect.stringContaining('5-NN accuracy50.0 %'),
    expect.stringContaining('Precision at 9not measured'),
    expect.stringContaining('Verification AUC70.0 %'),
    expect.stringContaining('Equal error rate30.0 %'),
  ])
  expect(await page.getByRole('img', { name: 'Loss from 3.00 to 1.00' }).count()).toBe(1)
  expect(await page.getByRole('img', { name: '5-NN accuracy from 25.0 % to 50.0 %' }).count()).toBe(1)
  const about = page.getByText(
    'The run has the best network, that of iteration 3: 50.0 %. The training ended',
  )
  expect(await about.count()).toBe(1)
  expect(await page.getByRole('listitem').allTextContents()).toContain(hostile)
  // The table's diagonal is what the 5-NN accuracy counts.
  const { knnAccuracy } = await measureQuality(run.train, run.test, 1)
  const right = await page.locator('td.right').allTextContents()
  expect(right.reduce((sum, count) => sum + Number(count), 0)).toBe(Math.round(30 * knnAccuracy))
  expect(await seriousFaults(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 700 })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
})

test('pointed at, an image is shown and named', async () => {
  const { run, data } = await gridRun()
  const { page } = await openReport(run)
  const card = page.locator('#card')
  expect(await card.isVisible()).toBe(false)
  for (const index of [0, 17]) {
    await page.locator('use').nth(index).hover()
    const name = run.config.data.classes[data.test.labels[index] as number]
    expect(await card.locator('span').first().textContent()).toBe(`${name}, test image ${index}`)
    const shown = await shownThumbnail(page)
    const wanted = imageAt(data.test, index)
    expect(shown).toHaveLength(wanted.length)
    const apart = shown.reduce((sum, value, i) => sum + Math.abs(value - (wanted[i] as number)), 0)
    // Kept with losses; another digit is 20 and more apart.
    expect(apart / wanted.length).toBeLessThan(5)
  }
  await page.mouse.move(2, 2)
  expect(await card.isVisible()).toBe(false)
})

test('keys go to the nearest point that way and through all of them, and each is said', async () => {
  const { run, data } = await gridRun()
  const { page } = await openReport(run)
  const said = page.getByRole('status')
  const press = async (key: string): Promise<number> => {
    await page.keyboard.press(key)
    return Number(/test image (\d+)/.exec((await said.textContent()) ?? '')?.[1])
  }
  await page.getByRole('checkbox').focus()
  await page.keyboard.press('Tab')
  expect(await page.locator('#card').isVisible()).toBe(true)
  expect(await press('Home')).toBe(0)
  expect(await press('ArrowRight')).toBe(1)
  expect(await press('ArrowUp')).toBe(7)
  expect(await press('ArrowLeft')).toBe(6)
  expect(await press('ArrowDown')).toBe(0)
  await page.keyboard.press('ArrowLeft')
  expect(await said.textContent()).toBe('No image lies that way.')
  const reached = new Set<number>()
  for (let i = 0; i < 30; i++) reached.add(await press('PageDown'))
  expect(reached.size).toBe(30)
  expect(await press('End')).toBe(29)
  expect(await press('PageUp')).toBe(28)
  const label = run.config.data.classes[data.test.labels[28] as number]
  expect(await said.textContent()).toMatch(new RegExp(`^${label}, test image 28, its neighbours name it`))
  await page.keyboard.press('Escape')
  expect(await page.locator('#card').isVisible()).toBe(false)

  // Those that are faded out are passed over.
  const wrong = await page.locator('use.wrong').count()
  expect(wrong).toBeGreaterThan(0)
  await page.getByRole('checkbox').check()
  await page.getByRole('application').focus()
  const reachedWrong = new Set<number>()
  for (let i = 0; i < 30; i++) reachedWrong.add(await press('PageDown'))
  expect(reachedWrong.size).toBe(wrong)
})

test('of a run whose images are gone, the rest is told, and that they are', async () => {
  const { run } = await gridRun()
  const data = { ...run.config.data, fingerprint: 'of others' }
  const { page, note, said } = await openReport({ ...run, config: { ...run.config, data } })
  expect(note).toContain('no longer those')
  expect(said).toEqual([])
  expect(await page.getByText('The images themselves are not shown').count()).toBe(1)
  await page.locator('use').first().hover()
  expect(await page.locator('#card').textContent()).toContain('test image 0')
  expect(await page.locator('.thumb').count()).toBe(0)
})
