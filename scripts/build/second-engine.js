const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join, relative, resolve } = require("node:path");

/** What the second engine calls the packages of the first. It has no binding of Vault: what needs one is left out. */
const packages = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };
const leftOut = /^@cdktf\/provider-vault(\/|$)/;
/** What names the engine only to run or describe it, and what is this repository's own. */
const ownOnly = /^(bench|environments|scripts|services|esm|cdktn|main\.|evenkeel\.config\.)/;

/** Modules that load others when they are asked to, and say themselves what is not installed. */
const onDemandIn = (dist) => [join(dist, "stacks", "load-vault")];

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
  const modulesThatReach = reachIn(sources);
  const copied = modulesThatReach((specifier) => renamed(specifier) !== undefined);
  const without = modulesThatReach((specifier) => leftOut.test(specifier), onDemandIn(dist));
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

/** A compiled file without its ending: code and types are copied together. */
const moduleOf = (file) => file.replace(/(\.d\.ts|\.js)$/, "");

/** The name that the second engine has for an import of the first; undefined for any other import. */
function renamed(specifier) {
  const found = Object.entries(packages).find(([name]) => specifier === name || specifier.startsWith(`${name}/`));
  return found && found[1] + specifier.slice(found[0].length);
}

/**
 * Looks at what compiled files import, once for all that is asked of it.
 * @param {ReadonlyMap<string, string>} sources texts by absolute path
 * @returns the modules that import something, directly or through others; `stops` are modules that do without it
 */
function reachIn(sources) {
  const importsOf = new Map();
  const importers = new Map();
  for (const [file, text] of sources) {
    const importing = moduleOf(file);
    const specifiers = [...text.matchAll(specifiersOf(file))].map(([, , specifier]) => specifier);
    importsOf.set(importing, [...(importsOf.get(importing) ?? []), ...specifiers]);
    for (const specifier of specifiers) {
      const imported = specifier.startsWith(".") && moduleAt(specifier, file);
      if (imported) importers.set(imported, [...(importers.get(imported) ?? []), importing]);
    }
  }
  return (isWanted, stops = []) => {
    const open = [...importsOf].filter(([, specifiers]) => specifiers.some(isWanted)).map(([importing]) => importing);
    const found = new Set(open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const importer of importers.get(next) ?? []) {
        if (found.has(importer) || stops.includes(importer)) continue;
        found.add(importer);
        open.push(importer);
      }
    }
    return found;
  };
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
  const modulesThatReach = reachIn(sources);
  return (isWanted) => {
    const found = modulesThatReach(isWanted, onDemandIn(dist));
    return (file) => found.has(moduleOf(file));
  };
}

module.exports = { importersAmong, writeSecondEngine };
