import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** What is bundled keeps its licence beside it. */
const licences: Plugin = {
  name: "licences",
  generateBundle() {
    const source = readFileSync("node_modules/three/LICENSE", "utf-8");
    this.emitFile({ type: "asset", fileName: "built/three.LICENSE.txt", source });
  },
};

/** The islands of the app; each page that needs one names its entry, the manifest knows the file. */
export default defineConfig({
  base: "/static/",
  plugins: [licences],
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
