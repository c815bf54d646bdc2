// Bundles consult/assets into consult/static/build: hashed names, minified, with a manifest that
// the templates read. Style sheets and fonts of third parties come from node_modules.
import { build } from "esbuild";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const source = "consult/assets";
const target = "consult/static/build";

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const entries = readdirSync(source)
  .filter((name) => /\.(css|js)$/.test(name))
  .map((name) => join(source, name));

const result = await build({
  entryPoints: entries,
  bundle: true,
  minify: true,
  format: "esm",
  // The oldest with cascade layers and :has(), which the style sheets rest on.
  target: ["es2022", "safari15.4", "chrome105", "firefox121"],
  outdir: target,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "file" },
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  const origin = output.entryPoint ?? Object.keys(output.inputs)[0];
  if (origin) manifest[basename(origin)] = basename(file);
}
writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");

// Compressed once here: the server hands out the smallest that the browser takes.
for (const name of readdirSync(target).filter((file) => /\.(css|js|svg)$/.test(file))) {
  const path = join(target, name);
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content));
}
