const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join, relative, resolve } = require("node:path");

/** What the second engine calls the packages of the first. It has no binding of Vault: what needs one is left out. */
const packages = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };
const leftOut = /^@cdktf\/provider-vault(\/|$)/;
/** What names the engine only to run or describe it, and what is this repository's own. */
const ownOnly = /^(bench|environments|scripts|services|esm|cdktn|main\.|evenkeel\.config\.)/;

/** Modules that load others when they are asked to, and say themselves what is not installed. */
const onDemand = ["stacks/load-vault"];

/** How compiled code and types name what they import. In code, `from "…"` is text of a file that `evenkeel init` writes. */
const importsOfCode = /(\brequire\(|\bimport\()"([^"\n]+)"/g;
const importsOfTypes = /(\brequire\(|\bimport\(|\bfrom )"([^"\n]+)"/g;
const specifiersOf = (file) => (file.endsWith(".js") ? importsOfCode : importsOfTypes);

/**
 * Writes `dist/cdktn`: a copy of the compiled files that import the engine, directly or through others, with the imports of
 * the second engine. What holds no such import is there once, for both.
 * @param {string} dist absolute folder of the first build
 * @param {readonly string[]} files absolute paths of the compiled files in it
 * @returns {string[]} absolute paths of the files that it wrote
 */
function writeSecondEngine(dist, files) {
  const sources = new Map(
    files
      .filter((file) => /\.(js|d\.ts)$/.test(file) && !ownOnly.test(relative(dist, file).replaceAll("\\", "/")))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );
  const importsOf = new Map([...sources].map(([file, text]) => [file, importsIn(file, text)]));
  const copied = modulesThatReach(sources, importsOf, (specifier) => renamed(specifier) !== undefined);
  const without = modulesThatReach(sources, importsOf, (specifier) => leftOut.test(specifier), onDemand, dist);
  const target = join(dist, "cdktn");
  const written = [];
  for (const [file, text] of sources) {
    if (!copied.has(moduleOf(file)) || without.has(moduleOf(file))) continue;
    const place = join(target, relative(dist, file));
    const code = text.replace(specifiersOf(file), (whole, before, specifier) => {
      const to = renamed(specifier) ?? relocated(specifier, file, place, copied);
      return to === undefined ? whole : `${before}"${to}"`;
    });
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, code);
    written.push(place);
  }
  return written;
}

const importsIn = (file, text) => [...text.matchAll(specifiersOf(file))].map(([, , specifier]) => specifier);

/** A compiled file without its ending: code and types are copied together. */
const moduleOf = (file) => file.replace(/(\.d\.ts|\.js)$/, "");

/** The name that the second engine has for an import of the first; undefined for any other import. */
function renamed(specifier) {
  const found = Object.entries(packages).find(([name]) => specifier === name || specifier.startsWith(`${name}/`));
  return found && found[1] + specifier.slice(found[0].length);
}

/** The modules that import something, directly or through others. @param stops modules that do without it */
function modulesThatReach(sources, importsOf, isWanted, stops = [], dist = "") {
  const stopped = new Set(stops.map((stop) => join(dist, stop)));
  const importers = new Map();
  const found = new Set();
  for (const file of sources.keys()) {
    for (const specifier of importsOf.get(file)) {
      if (isWanted(specifier)) found.add(moduleOf(file));
      const imported = specifier.startsWith(".") && moduleAt(specifier, file);
      if (imported) importers.set(imported, [...(importers.get(imported) ?? []), moduleOf(file)]);
    }
  }
  const open = [...found];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const importer of importers.get(next) ?? []) {
      if (found.has(importer) || stopped.has(importer)) continue;
      found.add(importer);
      open.push(importer);
    }
  }
  return found;
}

/** The module that a relative import of a compiled file is of; undefined for what is no compiled module, such as JSON. */
function moduleAt(specifier, file) {
  const path = resolve(dirname(file), specifier.replace(/\.js$/, ""));
  const found = [path, join(path, "index")].find((each) => existsSync(`${each}.js`) || existsSync(`${each}.d.ts`));
  return found;
}

/** How a copied file imports what stays where it is; undefined where nothing changes. */
function relocated(specifier, file, place, copied) {
  if (!specifier.startsWith(".")) return undefined;
  const imported = moduleAt(specifier, file);
  const target = resolve(dirname(file), specifier);
  if (imported === undefined ? !existsSync(target) : copied.has(imported)) return undefined;
  const path = relative(dirname(place), target).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

/**
 * What compiled files import, directly or through others, as soon as they are loaded.
 * @param {string} dist absolute folder of the build
 * @param {readonly string[]} files absolute paths
 * @returns {(isWanted: (specifier: string) => boolean) => (file: string) => boolean} whether a file imports what is wanted
 */
function importersAmong(dist, files) {
  const sources = new Map(
    files.filter((file) => file.endsWith(".js")).map((file) => [file, readFileSync(file, "utf8")]),
  );
  const importsOf = new Map([...sources].map(([file, text]) => [file, importsIn(file, text)]));
  return (isWanted) => {
    const found = modulesThatReach(sources, importsOf, isWanted, onDemand, dist);
    return (file) => found.has(moduleOf(file));
  };
}

module.exports = { importersAmong, writeSecondEngine };
