import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../src/Sampler.Cli', import.meta.url))

/** The path of diffusion.dll: what DIFFUSION names, else that of this repository. */
export const program = () => process.env.DIFFUSION ?? join(project, 'bin', 'Release', 'net10.0', 'diffusion.dll')

/** Builds the program of this repository, unless DIFFUSION names another one. */
export function build() {
  if (process.env.DIFFUSION === undefined) {
    execFileSync('dotnet', ['build', project, '-c', 'Release', '-v', 'quiet', '-nologo'], { stdio: 'inherit' })
  }
}
