import { defineConfig } from 'vite'

// Relative addresses: the page works from any folder of any file server.
export default defineConfig({
  base: './',
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 1024 },
})
