import type { Model } from './catalogue'

/** ᾱ at an index, fractions allowed: log σ is linear between indices, ᾱ itself between index 0 and the clean end, −1. */
export function alphaBarAt(alphaBars: readonly number[], index: number): number {
  if (index <= 0) {
    return 1 + (alphaBars[0]! - 1) * (index + 1)
  }

  const below = Math.min(Math.floor(index), alphaBars.length - 1)
  const above = Math.min(below + 1, alphaBars.length - 1)
  const logSigma = (i: number) => Math.log((1 - alphaBars[i]!) / alphaBars[i]!) / 2
  const mixed = logSigma(below) + (index - below) * (logSigma(above) - logSigma(below))
  return 1 / (1 + Math.exp(2 * mixed))
}

/** ε̂ from what a network gives out at x. */
export function noiseOf(prediction: Model['prediction'], alphaBar: number, x: number, out: number): number {
  switch (prediction) {
    case 'epsilon':
      return out
    case 'v_prediction':
      return Math.sqrt(1 - alphaBar) * x + Math.sqrt(alphaBar) * out
    case 'sample':
      return (x - Math.sqrt(alphaBar) * out) / Math.sqrt(1 - alphaBar)
  }
}

/** The direction in which the probability-flow ODE (Song et al. 2021, Eq. 13) carries x towards the data, without the factor ½β. */
export const flow = (alphaBar: number, x: number, noise: number) => x - noise / Math.sqrt(1 - alphaBar)
