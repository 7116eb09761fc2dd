import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** What is bundled keeps its licence beside it; the package names the same text in its metadata. */
const licences: Plugin = {
  name: "licences",
  generateBundle() {
    const source = readFileSync("licences/three.LICENSE.txt", "utf-8");
    if (source !== readFileSync("node_modules/three/LICENSE", "utf-8")) throw new Error("the licence of three has changed: copy it to licences/");
    this.emitFile({ type: "asset", fileName: "built/three.LICENSE.txt", source });
  },
};

/** The islands of the app; each page that needs one names its entry, the manifest knows the file. */
export default defineConfig({
  base: "/static/",
  plugins: [licences],
  worker: { format: "es" },
  build: {
    outDir: "../src/triplane/web/static-built",
    emptyOutDir: true,
    assetsDir: "built",
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: false,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      input: Object.fromEntries(
        ["player", "keep", "offline", "worker", "week", "level", "range", "remind"].map((name) => [name, `src/islands/${name}.ts`]),
      ),
    },
  },
});
