import { defineConfig } from "vite";

/** A session's own file holds its script in one piece: it can ask for no other. No coach answers it, so it has no camera. */
export default defineConfig({
  base: "/static/",
  build: {
    outDir: "../src/triplane/web/static-built",
    emptyOutDir: false,
    assetsDir: "built",
    manifest: "file.json",
    target: "es2022",
    modulePreload: false,
    chunkSizeWarningLimit: 900,
    rollupOptions: { external: /eye\/eye$/, input: { file: "src/islands/file.ts" }, output: { codeSplitting: false } },
  },
});
