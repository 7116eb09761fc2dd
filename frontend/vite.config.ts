import { defineConfig } from "vite";

/** The islands of the app; each page that needs one names its entry, the manifest knows the file. */
export default defineConfig({
  base: "/static/",
  build: {
    outDir: "../src/triplane/web/static-built",
    emptyOutDir: true,
    assetsDir: "built",
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: false,
    chunkSizeWarningLimit: 900,
    rollupOptions: { input: { player: "src/player/main.ts" } },
  },
});
