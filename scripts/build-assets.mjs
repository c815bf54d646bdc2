// Bundles consult/assets into consult/static/build: hashed names, minified, with a manifest that
// the templates read. Style sheets and fonts of third parties come from node_modules.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const source = "consult/assets";
const target = "consult/static/build";
// Served from the root under a name that never changes, and knows the others: built last and apart.
const worker = "service-worker.js";
// What the pages of answering need when there is no contact.
const offline = ["app.css", "app.js", "answering.js", "inter-latin-wght-normal.woff2"];

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const entries = readdirSync(source)
  .filter((name) => /\.(css|js)$/.test(name) && name !== worker)
  .map((name) => join(source, name));

const options = {
  bundle: true,
  minify: true,
  // The oldest with cascade layers and :has(), which the style sheets rest on.
  target: ["es2022", "safari15.4", "chrome105", "firefox121"],
  logLevel: "warning",
};

const result = await build({
  ...options,
  entryPoints: entries,
  format: "esm",
  outdir: target,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "file" },
  metafile: true,
});

const manifest = {};
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  const origin = output.entryPoint ?? Object.keys(output.inputs)[0];
  if (origin) manifest[basename(origin)] = basename(file);
}

// Any change of a style sheet or script makes it another version.
const version = createHash("sha256").update(JSON.stringify(manifest)).digest("hex").slice(0, 12);
await build({
  ...options,
  entryPoints: [join(source, worker)],
  format: "iife",
  outfile: join(target, worker),
  define: {
    VERSION: JSON.stringify(version),
    FILES: JSON.stringify(offline.map((name) => `/static/build/${manifest[name]}`)),
  },
});
writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");

// Compressed once here: the server hands out the smallest that the browser takes.
for (const name of readdirSync(target).filter((file) => /\.(css|js|svg)$/.test(file))) {
  const path = join(target, name);
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content));
}
