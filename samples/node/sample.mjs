// Noise to points in Node: node sample.mjs FILE.onnx [NOISE.csv], where diffusion compile has written the file.
import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-node'

const [, , model, file] = process.argv
const session = await ort.InferenceSession.create(readFileSync(model)) // as bytes: a file that is opened by name could name others
const d = session.inputMetadata[0].shape[1]
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
const numbers = file ? readFileSync(file, 'utf8').trim().split(/[\n,]/).map(Number) : Array.from({ length: 1000 * d }, normal)
const noise = new ort.Tensor('float32', Float32Array.from(numbers), [numbers.length / d, d])
const { sample } = await session.run({ noise }, ['sample'])
for (let i = 0; i < sample.data.length; i += d) console.log(sample.data.slice(i, i + d).join())
