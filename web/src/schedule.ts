import type { Model } from './catalogue'

/** ᾱ at the time t = i + 1 nearest to an index i. */
export function alphaBarAt(alphaBars: readonly number[], index: number): number {
  return alphaBars[Math.min(Math.max(Math.round(index + 1), 0), alphaBars.length - 1)]!
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
