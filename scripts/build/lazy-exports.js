const { readFileSync, writeFileSync } = require("node:fs");
const { dirname, relative, resolve } = require("node:path");
const { importersAmong } = require("./second-engine");

/** The index files of what synthesizes, relative to the build. */
const lazyFile = /^((blueprints|capabilities|config|contract|identity|modules|stacks|values)\/(.*\/)?)?index\.js$/;

/** All that the compiler writes into a file that only exports what others have. */
const passingOn = [
  /^"use strict";$/,
  /^Object\.defineProperty\(exports, "\w+", \{ (value: true|enumerable: true, get: function \(\) \{ return \w+\.\w+; \}) \}\);$/,
  /^(exports\.\w+ = )+void 0;$/,
  /^__exportStar\(require\("\.[^"]+"\), exports\);$/,
  /^var \w+ = require\("\.[^"]+"\);$/,
];

/**
 * Peers that may not be installed, and what a file requires at once to say so: whoever imports it is told, and an ES module would get names without
 * values of what throws when it is used.
 */
const peers = [
  { specifier: /^cdktf(\/|$)/, required: "cdktf" },
  { specifier: /^@cdktf\/provider-aws(\/|$)/, required: "@cdktf/provider-aws/package.json" },
  { specifier: /^@cdktf\/provider-vault(\/|$)/, required: "@cdktf/provider-vault/package.json" },
];

/** Has `exports` load a part when the first of its names is used. */
const part = `function part(load, ...names) {
    let loaded;
    for (const name of names) {
        Object.defineProperty(exports, name, { enumerable: true, get: () => (loaded ??= load())[name] });
    }
}`;

/**
 * Has the files that only export what others have load these when they are used, and not at once: a project that imports one name
 * of the package would load all of it. Types stay as they are.
 * @param {string} dist absolute folder of the build
 * @param {readonly string[]} compiled absolute paths of the compiled files in it
 */
function writeLazyExports(dist, compiled) {
  const files = compiled.filter((file) => lazyFile.test(relative(dist, file).replaceAll("\\", "/")));
  const importersOf = importersAmong(dist, compiled);
  const told = peers.map(({ specifier, required }) => {
    return { required, isImportedBy: importersOf((imported) => specifier.test(imported)) };
  });
  const requiredAtOnce = (file) =>
    told
      .filter(({ isImportedBy }) => isImportedBy(file))
      .map(({ required }) => `require(${JSON.stringify(required)});`);
  // All of them before any is written: they export each other.
  const texts = files.map((file) => [file, lazily(file, requiredAtOnce(file))]);
  for (const [file, text] of texts) if (text !== undefined) writeFileSync(file, text);
}

/**
 * @param {readonly string[]} atOnce statements that it begins with
 * @returns {string | undefined} the text of a file that loads its parts later; undefined if it does more than to pass on what they export
 */
function lazily(file, atOnce) {
  const code = withoutHelpers(readFileSync(file, "utf8"));
  if (!code.every((line) => passingOn.some((known) => known.test(line)))) return undefined;
  const all = require(file);
  const names = new Set(Object.keys(all));
  const parts = code.flatMap((line) => {
    const [, request] = /\brequire\("([^"]+)"\)/.exec(line) ?? [];
    if (request === undefined) return [];
    const exported = require(resolve(dirname(file), request));
    const own = Object.keys(exported).filter((name) => names.has(name) && exported[name] === all[name]);
    for (const name of own) names.delete(name);
    const listed = own.map((name) => JSON.stringify(name)).join(", ");
    return own.length === 0 ? [] : [`part(() => require(${JSON.stringify(request)}), ${listed});`];
  });
  // One that is exported by another name.
  if (names.size > 0) return undefined;
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    ...atOnce,
    part,
    ...parts,
    "// For imports of ES modules, whose names Node.js reads from the text.",
    `0 && (module.exports = { ${Object.keys(all).join(", ")} });`,
    "",
  ].join("\n");
}

/** The lines of a compiled file, without comments and what the compiler defines in it. */
function withoutHelpers(text) {
  return text
    .replace(/^var __\w+ = [\s\S]*?\n(\}\)\);|\};)\n/gm, "")
    .replace(/^\/\*\*?[\s\S]*?\*\/\n/gm, "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("//"));
}

module.exports = { writeLazyExports };
