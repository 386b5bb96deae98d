const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const precise = new Intl.NumberFormat('en', { minimumSignificantDigits: 4, maximumSignificantDigits: 4 })
const share = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** 12,345 */
export const formatCount = (value: number): string => whole.format(value)

/** Four significant digits: 0.02345, 12.34. A dash where there is nothing. */
export const formatMeasure = (value: number): string => (Number.isFinite(value) ? precise.format(value) : '–')

/** A share from 0 to 1 as 79.7%. A dash where it could not be measured. */
export const formatShare = (value: number | null): string => (value === null ? '–' : share.format(value))

/** Two digits while it is slow, none when it is fast. */
export const formatSpeed = (perSecond: number): string =>
  perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : whole.format(perSecond)

/** Seconds as 0:07, 12:34 or 1:02:03. */
export function formatDuration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`
}
