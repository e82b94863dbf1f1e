const { existsSync } = require("node:fs");
const { join, resolve } = require("node:path");

/** What a report brings along, relative to this folder. */
const folder = join("report", "client");

/**
 * Bundles the script and the style sheet of a report into `dist/report/client`, so that whoever writes one needs no bundler.
 * @param {string} dist absolute folder of the build
 * @returns {Promise<string[]>} absolute paths of the files that it wrote
 */
async function writeClient(dist) {
  if (!existsSync(folder)) return [];
  const { build } = require("esbuild");
  const { metafile } = await build({
    entryPoints: [join(folder, "index.ts"), join(folder, "index.css")],
    outdir: join(dist, folder),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome120", "firefox121", "safari17"],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(metafile.outputs).map((file) => resolve(file));
}

module.exports = { writeClient };
