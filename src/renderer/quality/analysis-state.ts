import { newestOfEngine } from './newest-of-engine.ts'

/** The 5-NN analysis of every test image. */
export const useAnalysis = newestOfEngine(({ client }) => client.analyse())

/** How well distance tells classes apart. */
export const useMeasures = newestOfEngine(({ client }) => client.measure())
