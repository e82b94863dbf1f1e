const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** Folders without anything that is compiled. */
const notSources = new Set(["node_modules", "dist", "cdktf.out", "test", "site"]);
const isSource = (name) => /\.(ts|mts|css|json)$/.test(name);

function filesBelow(folder, wanted, notFolders = new Set()) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return wanted(entry.name) ? [path] : [];
      return entry.name.startsWith(".") || notFolders.has(entry.name) ? [] : filesBelow(path, wanted, notFolders);
    })
    .sort();
}

const hash = (parts) => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
};

/** Of all sources, of what is installed, and of how they are compiled. */
function inputs() {
  const scripts = readdirSync(__dirname).map((name) => join(__dirname, name));
  const installed = join("node_modules", ".package-lock.json");
  const files = [...filesBelow(".", isSource, notSources), ...scripts, ...(existsSync(installed) ? [installed] : [])];
  return hash([process.version, ...files.flatMap((file) => [file, readFileSync(file)])]);
}

/** Of what stands in `dist`: a file that is added, changed or gone is built again. */
function outputs(dist, record) {
  const marks = filesBelow(dist, () => true).flatMap((file) => {
    const { size, mtimeMs } = statSync(file);
    return file === record ? [] : [`${file} ${size} ${mtimeMs}`];
  });
  return hash(marks);
}

const recordIn = (dist) => join(dist, ".build.json");

/** @returns {boolean} whether `dist` is what sources compile to. @param {string} from what `inputs()` says of them */
function isBuilt(dist, from) {
  try {
    const known = JSON.parse(readFileSync(recordIn(dist), "utf8"));
    return known.inputs === from && known.outputs === outputs(dist, recordIn(dist));
  } catch {
    return false;
  }
}

/** @param {string} from what `inputs()` said before the build: a source may have changed since. */
function recordBuild(dist, from) {
  writeFileSync(recordIn(dist), `${JSON.stringify({ inputs: from, outputs: outputs(dist, recordIn(dist)) })}\n`);
}

module.exports = { inputs, isBuilt, recordBuild };
