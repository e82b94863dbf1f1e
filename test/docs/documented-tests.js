const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join, relative, resolve } = require("node:path");

const root = resolve(__dirname, "..", "..");
const folder = join(root, "docs", "aws-rules");
const header = "| rule | kept by | test |";

/**
 * The tests that a page of rules names, and what is wrong with its form. A row is `| rule | kept by | test |`; its tests are
 * `[file]: "title"; "title"; [file]: "title"`, where `[file]` is a link that the page defines and the title is in full, as jest
 * reports it. A rule that is "Not built yet" has a dash instead, a subject is a row of its own in bold.
 */
function readRules(page) {
  const links = new Map(
    [...page.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, name, path]) => [name, resolve(folder, path)]),
  );
  const used = new Set();
  const problems = [];
  const tests = [];
  for (const line of page.split("\n").filter((each) => each.startsWith("|"))) {
    if (line === header || /^\|[-|]+$/.test(line) || /^\| \*\*.+ \| \| \|$/.test(line)) continue;
    const [rule, keptBy, named, ...more] = line.slice(2, -2).split(" | ");
    if (!rule || !keptBy || !named || more.length > 0) {
      problems.push(`${line}: is no row of three cells`);
      continue;
    }
    if (keptBy.startsWith("Not built yet") || named === "—") {
      if (!keptBy.startsWith("Not built yet") || named !== "—") problems.push(`${rule}: is built, or has no test`);
      continue;
    }
    for (const group of named.split(/; (?=\[)/)) {
      const [, name = "", titles] = /^\[([\w-]+)\]: "(.+)"$/.exec(group) ?? [];
      used.add(name);
      const file = links.get(name);
      const problem = problemOfGroup(file, titles);
      if (problem) problems.push(`${rule}: ${group}: ${problem}`);
      else for (const title of titles.split('"; "')) tests.push({ file, title });
    }
  }
  const unused = [...links.keys()].filter((name) => !used.has(name));
  return { tests, problems: [...problems, ...unused.map((name) => `[${name}]: is defined, but no row uses it`)] };
}

function problemOfGroup(file, titles) {
  if (titles === undefined) return 'is not of the form [file]: "title"; "title"';
  if (file === undefined) return "is a link that the page does not define";
  return existsSync(file) ? undefined : `leads to ${relative(root, file)}, which does not exist`;
}

/** Named tests that are missing from the files that a run has loaded; skipped tests are there too. */
function missingTests(tests, testResults) {
  const titles = new Map(
    testResults
      .filter(({ testExecError }) => !testExecError)
      .map((file) => [file.testFilePath, new Set(file.testResults.map(({ fullName }) => fullName))]),
  );
  return tests
    .filter(({ file, title }) => titles.get(file)?.has(title) === false)
    .map(({ file, title }) => `${relative(root, file)} has no test "${title}"`);
}

/** A jest reporter that fails the run when docs/aws-rules names a test that is not in the file it links to. */
module.exports = class DocumentedTests {
  static header = header;
  static readRules = readRules;
  static missingTests = missingTests;

  onRunComplete(_contexts, { testResults }) {
    const missing = readdirSync(folder).flatMap((page) =>
      missingTests(readRules(readFileSync(join(folder, page), "utf8")).tests, testResults).map(
        (problem) => `docs/aws-rules/${page}: ${problem}`,
      ),
    );
    if (missing.length === 0) return;
    this.error = new Error(`The AWS rules name tests that do not exist:\n  ${missing.join("\n  ")}`);
    // Jest ends with code 1 for it, but says nothing.
    process.stderr.write(`\n${this.error.message}\n`);
  }

  getLastError() {
    return this.error;
  }
};
