import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.REXIAN_DEV_SERVER ?? 'http://localhost:12366';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    sourcemap: true,
    chunkSizeWarningLimit: 1500,
    // No inlined scripts or fonts: the server sends a strict Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Settings of a library (platform/zod.ts) must run before the chunks that use it, as the imports say.
    rolldownOptions: { output: { strictExecutionOrder: true } },
  },
  server: {
    port: Number(process.env.REXIAN_DEV_PORT ?? 5173),
    // The server wants a page's origin and its host to be the same: the Host header goes through as it came.
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/realtime': { target: server, changeOrigin: false, ws: true },
      '/sip': { target: server, changeOrigin: false, ws: true },
      '/try': { target: server, changeOrigin: false },
      '/media': { target: server, changeOrigin: false },
    },
  },
});
