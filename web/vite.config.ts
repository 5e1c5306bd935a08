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
    proxy: {
      '/api': { target: server, changeOrigin: true },
      '/realtime': { target: server, changeOrigin: true, ws: true },
      '/sip': { target: server, changeOrigin: true, ws: true },
      '/try': { target: server, changeOrigin: true },
      '/media': { target: server, changeOrigin: true },
    },
  },
});
