import { defineConfig } from "vitest/config";
import { thirdParty } from "./third-party.ts";

// The entries keep their names, so that the Thymeleaf templates can name them. All other files carry a hash and may be cached for good.
export default defineConfig({
  base: "./",
  plugins: [thirdParty("../target/third-party/npm.md")],
  build: {
    outDir: "../target/classes/static/app",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: { lab: "src/page/lab/lab.ts", catalogue: "src/page/catalogue/catalogue.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: ({ names }) =>
          /^(lab|catalogue)\.css$/.test(names[0] ?? "") ? "[name][extname]" : "assets/[name]-[hash][extname]",
      },
    },
  },
  test: {
    environment: "happy-dom",
    // All files share one window, because making one takes longer than running the tests in it.
    pool: "threads",
    isolate: false,
    maxWorkers: 1,
    include: ["src/**/*.test.ts"],
  },
});
