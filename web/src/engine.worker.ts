import * as ort from 'onnxruntime-web/wasm'
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type { Answer, Draw, Input, Request } from './engine'
import { inputsOf, priorNoise, rowNoise } from './noise'

// One thread: more of them need headers that a plain file server does not send.
ort.env.wasm.numThreads = 1
ort.env.wasm.wasmPaths = { wasm: new URL(wasm, import.meta.url).href }

const sessions = new Map<string, Promise<ort.InferenceSession>>()

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  try {
    const session = await open(data.address)
    const feeds = Object.fromEntries(inputs(data.inputs).map(({ name, values, shape }) => [name, new ort.Tensor('float32', values, shape)]))
    const begun = performance.now()
    const results = await session.run(feeds, [data.output])
    const milliseconds = performance.now() - begun
    const values = (await results[data.output]!.getData()) as Float32Array
    const copy = values.slice()
    Object.values(results).forEach(tensor => tensor.dispose())
    answer({ id: data.id, result: { values: copy, milliseconds } }, [copy.buffer])
  } catch (error) {
    answer({ id: data.id, error: error instanceof Error ? error.message : String(error) })
  }
}

function inputs(given: Input[] | Draw): Input[] {
  return Array.isArray(given)
    ? given
    : inputsOf(priorNoise(given.seed, 0, given.count), given.rows > 0 ? rowNoise(given.seed, 0, given.count, given.rows) : null, given.rows)
}

function answer(message: Answer, transfer: Transferable[] = []) {
  self.postMessage(message, { transfer })
}

function open(address: string): Promise<ort.InferenceSession> {
  let session = sessions.get(address)
  if (session === undefined) {
    session = load(address)
    sessions.set(address, session)
    session.catch(() => sessions.delete(address))
  }

  return session
}

async function load(address: string): Promise<ort.InferenceSession> {
  const file = await fetch(address)
  if (!file.ok) {
    throw new Error(`${address} could not be loaded (${file.status}).`)
  }

  return await ort.InferenceSession.create(await file.arrayBuffer(), { executionProviders: ['wasm'], graphOptimizationLevel: 'all' })
}
