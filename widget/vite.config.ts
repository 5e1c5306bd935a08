import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.REXIAN_DEV_SERVER ?? 'http://localhost:12366';

export default defineConfig({
  base: '/try/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    sourcemap: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
  server: {
    port: Number(process.env.REXIAN_DEV_PORT ?? 5174),
    proxy: {
      '/api': { target: server, changeOrigin: true },
      '/sip': { target: server, changeOrigin: true, ws: true },
    },
  },
});
