/** What the build wrote down of the compiled files. */

export interface Sampler {
  solver: string
  steps: number
  /** The compiled file, relative to the folder of models. */
  file: string
  /** The number of rows, each of which takes fresh noise if the solver is stochastic. */
  rows: number
  stochastic: boolean
  /** The index i = t − 1 at the start and after every step. */
  timesteps: number[]
}

export interface Model {
  name: string
  /** The network sees (x − shift) / scale. */
  shift: [number, number]
  scale: [number, number]
  prediction: 'epsilon' | 'v_prediction' | 'sample'
  /** ᾱ at each time t = 0 … T. */
  alphaBars: number[]
  /** The bare network, for the vector field. */
  network: string
  samplers: Sampler[]
}

const FOLDER = new URL('models/', document.baseURI)

/** The address of a file of the catalogue. */
export const addressOf = (file: string) => new URL(file.split('/').map(encodeURIComponent).join('/'), FOLDER).href

export async function loadCatalogue(): Promise<Model[]> {
  const answer = await fetch(addressOf('manifest.json'))
  if (!answer.ok) {
    throw new Error(`The list of models could not be loaded (${answer.status}). Build the page with npm run build.`)
  }

  return ((await answer.json()) as { models: Model[] }).models
}
