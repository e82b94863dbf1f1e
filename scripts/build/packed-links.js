/**
 * Links of the documents that are packed. In the repository they lead to sources and tests as well, which the package does not
 * have: there, such a link leads to the repository that package.json names, at the tag of the version, and is only its text where
 * package.json names none.
 *
 * `prepack` runs `node scripts/build/packed-links.js rewrite`, which changes the documents where they are; `postpack` runs
 * `restore`, which puts back what was there.
 */
const { spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join, posix, resolve } = require("node:path");

/** Paths of the files that npm packs from a folder. @returns {string[]} */
function packedFiles(root) {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"];
  const { status, stdout, stderr } = spawnSync("npm", args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${status}:\n${stderr}`);
  const [{ files }] = JSON.parse(stdout);
  return files.map(({ path }) => path);
}

/**
 * The documents whose links the package does not have as they stand.
 * @param {string} root folder of the package
 * @param {readonly string[]} files what is packed of it
 * @returns {Map<string, { before: string, after: string }>} texts by path
 */
function changedDocuments(root, files) {
  const there = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
  const target = linkTarget(root);
  const changed = new Map();
  for (const file of files.filter((each) => each.endsWith(".md"))) {
    const before = readFileSync(join(root, file), "utf8");
    const after = withLinks(before, (text, link) => {
      const [path, hash = ""] = link.split(/(?=#)/);
      const place = posix.normalize(posix.join(posix.dirname(file), path)).replace(/\/$/, "");
      if (there.has(place)) return undefined;
      const url = target(place, `${file} links to ${link}`);
      return url === undefined ? text : `[${text}](${url}${hash})`;
    });
    if (after !== before) changed.set(file, { before, after });
  }
  return changed;
}

function foldersOf(file) {
  const folder = posix.dirname(file);
  return folder === "." ? ["."] : [folder, ...foldersOf(folder)];
}

/** Code, in which nothing is a link; or a link, with its text and where it leads. */
const codeOrLink = /```[\s\S]*?```|`[^`\n]*`|!?\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g;

/** A document with other links. @param replacement of a relative one; undefined for one that stays */
function withLinks(document, replacement) {
  return document.replace(codeOrLink, (whole, text, link) =>
    link === undefined || /^([a-z][a-z0-9+.-]*:|#)/i.test(link) ? whole : (replacement(text, link) ?? whole),
  );
}

/** Where the repository shows a file or a folder; undefined if package.json does not say where the repository is. */
function linkTarget(root) {
  const { repository, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const url = repository?.url ?? repository;
  const [, page] = /^(?:git\+)?(https:\/\/[^\s#?]+?)(?:\.git)?\/?$/.exec(url ?? "") ?? [];
  if (url !== undefined && page === undefined) {
    throw new Error(`package.json: repository is ${JSON.stringify(url)}; write it as git+https://host/owner/name.git`);
  }
  return (place, said) => {
    const found = statSync(join(root, place), { throwIfNoEntry: false });
    if (!found || place.startsWith("..")) throw new Error(`${said}, which does not exist; correct the link`);
    return page && `${page}/${found.isDirectory() ? "tree" : "blob"}/v${version}/${place}`;
  };
}

/** What the documents of a folder were, while they are packed. */
const memory = (root) => join(root, ".evenkeel", "packed-documents.json");

function rewrite(root) {
  // Of a run that was killed before its end.
  restore(root);
  const changed = changedDocuments(root, packedFiles(root));
  mkdirSync(dirname(memory(root)), { recursive: true });
  writeFileSync(memory(root), JSON.stringify([...changed]));
  for (const [file, { after }] of changed) writeFileSync(join(root, file), after);
}

/** Puts the documents back, but for those that somebody has changed in the meantime. */
function restore(root) {
  if (!existsSync(memory(root))) return;
  for (const [file, { before, after }] of JSON.parse(readFileSync(memory(root), "utf8"))) {
    const path = join(root, file);
    const now = readFileSync(path, "utf8");
    if (now === after) writeFileSync(path, before);
    else if (now !== before) process.stderr.write(`${file} was changed while it was packed, and is left as it is\n`);
  }
  rmSync(memory(root));
}

module.exports = { changedDocuments, packedFiles };

if (require.main === module) {
  const [, , action] = process.argv;
  if (action === "rewrite") rewrite(resolve("."));
  else if (action === "restore") restore(resolve("."));
  else {
    process.stderr.write("usage: packed-links.js rewrite | restore\n");
    process.exitCode = 1;
  }
}
