import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' }

/** A plain file server on a port that was free: the folder appears below /some/place/, as no page can choose where it is put. */
export async function serve(folder) {
  const prefix = '/some/place/'
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    try {
      const file = join(folder, normalize(path.slice(prefix.length)) || 'index.html')
      const content = await readFile(path.endsWith('/') ? join(folder, 'index.html') : file)
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? (path.endsWith('/') ? 'text/html' : 'application/octet-stream') }).end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return { address: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() }
}
