import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "@swc/core";
import { type Mutation, mutated } from "../../scripts/mutations/mutation";
import { mutationsOf } from "../../scripts/mutations/mutators";
import { KeptResults, type Result, resultOf, runOf } from "../../scripts/mutations/results";
import { runMutations } from "../../scripts/mutations/run";
import { noticedOf, sampleOf, shuffled } from "../../scripts/mutations/sample";
import { page, percent, tallies } from "../../scripts/mutations/summary";
import { wiresOf } from "../../scripts/mutations/wires";
import { type Verdict, Workplace } from "../../scripts/mutations/workplace";
import { temporaryFolder } from "../support/temporary-folder";

/** What each mutation makes of a text. */
const mutants = (text: string): string[] => mutationsOf("a.ts", text).map((mutation) => mutated(text, mutation));

describe("The mutators", () => {
  const cases: [what: string, text: string, mutants: string[]][] = [
    ["booleans", "x = true;", ["x = false;"]],
    ["numbers", "x = 41;", ["x = 42;"]],
    ["strings", 'x = "a";', ['x = "";']],
    ["empty strings", 'x = "";', ['x = "mutated";']],
    ["templates", "x = `a-$" + "{b}`;", ['x = "";']],
    ["negations", "x = !y;", ["x = y;"]],
    ["branches", "x = a ? b : c;", ["x = (b);", "x = (c);"]],
    ["conditions", "if (a) b = c;", ["if (true) b = c;", "if (false) b = c;"]],
    ["one operator of several", "x = a && b && c;", ["x = (a || b) && c;", "x = (a && b || c);"]],
    ["defaults", "x = a ?? b;", ["x = (a);", "x = (b);"]],
    ["comparisons", "x = a < b;", ["x = (a <= b);", "x = (a >= b);"]],
    ["equality", "x = a === b;", ["x = (a !== b);"]],
    ["arithmetic", "x = a + b;", ["x = (a - b);"]],
    ["calls for their effect", "check(a);", [";"]],
    ["elements", "x = [a, ...b, c];", ["x = [...b, c];", "x = [a, c];", "x = [a, ...b];"]],
    ["the only element, with its comma", "x = [a,];", ["x = [];"]],
    [
      "properties",
      "x = { a, b: c, ...d, e() {} };",
      ["x = { b: c, ...d, e() {} };", "x = { a, ...d, e() {} };", "x = { a, b: c, e() {} };", "x = { a, b: c, ...d };"],
    ],
    ["optional chaining", "x = a?.b?.[c];", ["x = a.b?.[c];", "x = a?.b[c];"]],
    ["optional calls", "x = a?.(b);", ["x = a(b);"]],
    ["functions of one expression", "x = () => a;", ["x = () => undefined;"]],
    ["functions", "function f() { a = b; }", ["function f() {}"]],
    ["methods", "class A { f() { a = b; } }", ["class A { f() {} }"]],
    [
      "returned values",
      "const f = () => { return a; };",
      ["const f = () => {};", "const f = () => { return undefined; };"],
    ],
    ["methods of lists", "x = a.filter(b);", ["x = a;"]],
    ["calls in a chain", "x = a().b();", ["x = a();"]],
    ["methods with a counterpart", "x = a.some(b);", ["x = a.every(b);"]],
    [
      "what documented schemas are made of",
      'x = a().min(1).describe("b");',
      ['x = a().describe("b");', 'x = a().max(1).describe("b");', 'x = a().min(2).describe("b");'],
    ],
  ];
  test.each(cases)("change %s", (_, text, expected) => {
    expect(mutants(text).sort()).toEqual([...expected].sort());
  });

  const untouched: [what: string, text: string][] = [
    ["comments", '// a = "b"\n/* true */'],
    ["imports", 'import { a } from "b";\nexport * from "c";\nexport { d } from "e";'],
    ["types", 'type A = "b" | { c: 1 };\ninterface D { e: true }\nlet x: "f" = y as "g";'],
    ["names of properties", "const f = ({ a: { b } }) => {};"],
    ["errors that are thrown", 'throw new ConfigError(["a"], b ? "c" : "d");'],
    ["errors that are made", 'x = new ConstructError(y, "what is wrong", "what to do");'],
    ["documentation of schemas", 'x = a.describe("b").meta({ title: "c" });'],
    ["sentences", 'x = "has four words here";'],
    ["sentences with values", "x = `has the value $" + "{a ?? b} here`;"],
    ["calls that already return nothing", "x = () => undefined;"],
    ["empty functions", "x = () => {};"],
  ];
  test.each(untouched)("leave %s alone", (_, text) => expect(mutants(text)).toEqual([]));

  test("find their place after characters of several bytes", () => {
    expect(mutants('// é €\nconst ü = ["😀", true];')).toEqual([
      '// é €\nconst ü = ["", true];',
      "// é €\nconst ü = [true];",
      '// é €\nconst ü = ["😀"];',
      '// é €\nconst ü = ["😀", false];',
    ]);
  });

  test("say where the change is, and what it is on one line", () => {
    const [first, second] = mutationsOf("a.ts", "x = [\n  1,\n  {\n    b,\n  },\n];").filter(
      ({ mutator }) => mutator === "element",
    );
    expect(first).toMatchObject({ line: 2, column: 3, change: "without 1" });
    expect(second).toMatchObject({ line: 3, column: 3, change: "without { b, }" });
  });

  test("make TypeScript of a whole source, each time another one", () => {
    const file = join("stacks", "keys-stack.ts");
    const text = readFileSync(join(__dirname, "..", "..", file), "utf8");
    const all = mutants(text);
    expect(all.length).toBeGreaterThan(30);
    expect(all).not.toContain(text);
    for (const mutant of all) expect(() => parseSync(mutant, { syntax: "typescript" })).not.toThrow();
  });
});

describe("The wires", () => {
  const capabilities = `import { alarms } from "./alarms";
export const capabilities = { foundation: [alarms, tracing], hardening: [deadLetters] } as const;`;
  const deadLetters = `export const deadLetters: Capability = {
  name: "deadLetters",
  builds: { service(context) { new Queue(context.scope); }, table: (context) => queueOf(context), bus },
};`;
  const stacks = `export function buildStacks(scope: Construct): readonly Stack[] {
  const keys = new KeysStack(scope);
  const routing = hasDomain ? [new RoutingStack(scope)] : [];
  return [keys, ...routing];
}`;
  const servicesStack =
    "class A { constructor() { super(); offer(this.service); this.capabilities.build(x); check(); } }";
  const wires = (file: string, text: string) =>
    wiresOf(new Map([[file, text]])).map((wire) => `${wire.mutator}: ${mutated(text, wire)}`);

  test("are the entries of the capabilities' list", () => {
    const cut = wires("capabilities/index.ts", capabilities).map((each) => /= (\{.*\}) as/.exec(each)?.[1]);
    expect(cut).toEqual([
      "{ foundation: [tracing], hardening: [deadLetters] }",
      "{ foundation: [alarms], hardening: [deadLetters] }",
      "{ foundation: [alarms, tracing], hardening: [] }",
    ]);
  });

  test("are the functions by which a capability builds", () => {
    const cut = wires("capabilities/dead-letters/index.ts", deadLetters).map(
      (each) => /builds: (\{.*\}),/.exec(each)?.[1],
    );
    expect(cut).toEqual([
      "{ service(context) {}, table: (context) => queueOf(context), bus }",
      "{ service(context) { new Queue(context.scope); }, table: (context) => undefined, bus }",
      "{ service(context) { new Queue(context.scope); }, table: (context) => queueOf(context) }",
    ]);
  });

  test("are the stacks, each taken out of the tree, or out of the list of stacks", () => {
    const out = (text: string) => {
      return `((stack) => { stack.node.scope?.node.tryRemoveChild(stack.node.id); return stack; })(${text})`;
    };
    expect(wires("stacks/index.ts", stacks).sort()).toEqual(
      [
        `stack left out: ${stacks.replace("new KeysStack(scope)", out("new KeysStack(scope)"))}`,
        `stack left out: ${stacks.replace("new RoutingStack(scope)", out("new RoutingStack(scope)"))}`,
        `stack not handed back: ${stacks.replace("[keys, ...routing]", "[...routing]")}`,
        `stack not handed back: ${stacks.replace("[keys, ...routing]", "[keys]")}`,
      ].sort(),
    );
  });

  test("are the calls that offer a construct to the capabilities", () => {
    expect(wires("stacks/services-stack.ts", servicesStack)).toEqual([
      `not offered: ${servicesStack.replace("offer(this.service);", "{}")}`,
      `not offered: ${servicesStack.replace("this.capabilities.build(x);", "{}")}`,
    ]);
  });

  test("are not looked for in other sources", () => {
    expect(wires("gates/index.ts", `${stacks}\n${servicesStack}`)).toEqual([]);
  });
});

const mutation = (index: number): Mutation => ({
  file: "stacks/a.ts",
  line: index,
  column: 1,
  start: 0,
  end: 1,
  mutator: "number",
  replacement: String(index),
  change: `0 -> ${index}`,
});

describe("The sample", () => {
  const numbers = Array.from({ length: 100 }, (_, index) => index);

  test("is the same for a seed, another one for another seed, and loses nothing", () => {
    expect(shuffled(numbers, "1")).toEqual(shuffled(numbers, "1"));
    expect(shuffled(numbers, "1")).not.toEqual(shuffled(numbers, "2"));
    expect(shuffled(numbers, "1")).not.toEqual(numbers);
    expect([...shuffled(numbers, "1")].sort((one, other) => one - other)).toEqual(numbers);
  });

  const result = (index: number, outcome: Result["outcome"]) => resultOf(mutation(index), { outcome });
  const noticed = noticedOf([result(3, "noticed"), result(1, "unnoticed"), result(2, "refused"), result(0, "noticed")]);
  const moved = (index: number): Mutation => ({ ...mutation(index), line: index + 40, start: 4 });

  test("is taken from what a full run noticed, in its order, also after lines moved", () => {
    expect(sampleOf(noticed, [0, 1, 2, 3].map(moved), 2)).toEqual([moved(3), moved(0)]);
  });

  test("leaves out what the sources no longer have, and asks for a full run when too little is left", () => {
    expect(sampleOf(noticed, [0, 1].map(moved), 1)).toEqual([moved(0)]);
    expect(() => sampleOf(noticed, [0, 1].map(moved), 2)).toThrow(
      "The sources have 1 of the 2 changes that the last full run noticed, and 2 were asked for; run npm run test:soak in full",
    );
  });
});

const mutations = [1, 2, 3, 4, 5, 6, 7, 8].map(mutation);

/** Every third is refused by the type checker, every fourth is not noticed. */
const verdict = ({ line }: Mutation): Verdict => ({
  outcome: line % 3 === 0 ? "refused" : line % 4 === 0 ? "unnoticed" : "noticed",
});

describe("A run", () => {
  const noResults = { of: () => undefined, add: () => undefined };
  const run = async (jobs: number, count: number) => {
    const judged: number[] = [];
    // The first ones take the longest, so that later ones are done before them.
    const judge = async (each: Mutation) => {
      for (let turn = each.line; turn < 10; turn++) await Promise.resolve();
      judged.push(each.line);
      return verdict(each);
    };
    const judges = Array.from({ length: jobs }, () => judge);
    const results = await runMutations({ mutations, count, judges, results: noResults, said: () => undefined });
    return { judged: judged.sort(), lines: results.map(({ line }) => line) };
  };

  test.each([1, 2, 3, 20])(
    "with %d jobs judges the same mutations, without counting the refused ones",
    async (jobs) => {
      expect(await run(jobs, 4)).toEqual({ judged: [1, 2, 3, 4, 5], lines: [1, 2, 3, 4, 5] });
    },
  );

  test("ends when there are no more mutations", async () => {
    expect((await run(2, 100)).lines).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("goes on where it was stopped, and says only what is new", async () => {
    const file = join(temporaryFolder(), "soak", "results.jsonl");
    const judged: number[] = [];
    const part = async (resume: boolean, count: number, retry = false) => {
      judged.length = 0;
      const said: number[] = [];
      const judge = async (each: Mutation) => {
        judged.push(each.line);
        return verdict(each);
      };
      const results = new KeptResults(file, "this run", { resume, retry });
      const options = { mutations, count, judges: [judge], results, said: ({ line }: Result) => void said.push(line) };
      const found = await runMutations(options);
      expect(said).toEqual(judged);
      return found.map(({ line }) => line);
    };
    expect([await part(false, 2), [...judged]]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    appendFileSync(file, '{"id":"half a li');
    expect([await part(true, 4), [...judged]]).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
    expect([await part(true, 4, true), [...judged]]).toEqual([[1, 2, 3, 4, 5], [4]]);
    expect([await part(false, 1), [...judged]]).toEqual([[1], [1]]);
    expect(() => new KeptResults(file, "another run", { resume: true })).toThrow("run without --resume to start again");
  });

  test("is another one with another seed or other sources", () => {
    const runs = [
      runOf("1", new Map([["a.ts", "x"]])),
      runOf("2", new Map([["a.ts", "x"]])),
      runOf("1", new Map([["a.ts", "y"]])),
    ];
    expect(new Set(runs).size).toBe(3);
  });
});

describe("The summary", () => {
  const results = [
    ...mutations.map((each) => resultOf(each, verdict(each))),
    resultOf({ ...mutation(9), file: "gates/b.ts", change: "`a` -> `b`" }, { outcome: "timeout" }),
  ];

  test("counts by folder, without what the type checker refuses, and with what hangs", () => {
    expect(tallies(results)).toEqual([
      { folder: "gates", mutations: 1, noticed: 1, refused: 0 },
      { folder: "stacks", mutations: 6, noticed: 4, refused: 2 },
      { folder: "in all", mutations: 7, noticed: 5, refused: 2 },
    ]);
    expect(tallies(results).map(percent)).toEqual(["100 %", "66 %", "71 %"]);
  });

  test("names what was not noticed", () => {
    const text = page("Mutations", "About.", results);
    expect(text).toContain("| in all | 7 | 5 | 71 % | 2 |");
    expect(text).toMatch(
      /## Not noticed\n\n- `stacks\/a.ts:4` number: `0 -> 4`\n- `stacks\/a.ts:8` number: `0 -> 8`\n$/,
    );
  });
});

describe("A workplace", () => {
  const tsc = `if (require("fs").readFileSync("stacks/a.ts", "utf8").includes("2")) { console.log("a.ts: error"); process.exit(1); }`;
  const jest = `const fs = require("fs");
if (fs.existsSync("ignored.txt")) throw new Error("ignored files are not copied");
fs.writeFileSync("arguments.json", JSON.stringify(process.argv.slice(2)));
if (fs.readFileSync("stacks/a.ts", "utf8").includes("4")) process.exit(0);
if (fs.readFileSync("stacks/a.ts", "utf8") === "x = 0;") process.exit(0);
fs.writeFileSync(process.env.FIRST_FAILURE, "a test"); process.exit(1);`;
  const files: Record<string, string> = {
    "node_modules/typescript/bin/tsc": tsc,
    "node_modules/jest/bin/jest.js": jest,
    "stacks/a.ts": "x = 0;",
    "test/frozen/all.test.ts": "",
    "test/cli/process.test.ts": 'join("dist", "main.js")',
    "test/simulator/deploy.test.ts": "startSimulator()",
    "test/full/prod.test.ts": "",
    ".gitignore": "node_modules\nignored.txt\n",
    "ignored.txt": "",
  };
  const root = temporaryFolder();
  const folder = temporaryFolder();
  let workplace: Workplace;

  beforeAll(() => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    execFileSync("git", ["init", "--quiet"], { cwd: root });
    workplace = new Workplace(root, folder, temporaryFolder());
  });

  const change = (replacement: string): Mutation => ({ ...mutation(1), start: 4, end: 5, replacement });

  test("tells what tests notice, what they do not, and what does not compile", async () => {
    expect(await workplace.judge(change("1"))).toEqual({ outcome: "noticed", by: "a test" });
    expect(await workplace.judge(change("4"))).toEqual({ outcome: "unnoticed" });
    expect(await workplace.judge(change("2"))).toEqual({ outcome: "refused", by: "a.ts: error" });
  });

  test("has the source as it was after each, and changes nothing of the project's own", async () => {
    await workplace.judge(change("1"));
    expect(readFileSync(join(folder, "stacks", "a.ts"), "utf8")).toBe("x = 0;");
    expect(existsSync(join(root, "arguments.json"))).toBe(false);
  });

  test("runs the tests of the file, and those that jest cannot see to be of it, without Terraform", async () => {
    const told = async (replacement: string) => {
      await workplace.judge(change(replacement));
      return JSON.parse(readFileSync(join(folder, "arguments.json"), "utf8")) as string[];
    };
    const ignoring = (path: string) => `--testPathIgnorePatterns=/${path.replaceAll(".", "\\.")}$`;
    const related = await told("1");
    expect(related.slice(0, 3)).toEqual(["stacks/a.ts", "--findRelatedTests", "--config=jest.config.js"]);
    expect(related).toEqual(
      expect.arrayContaining(
        ["test/full/prod.test.ts", "test/simulator/deploy.test.ts", "test/cli/process.test.ts"].map(ignoring),
      ),
    );
    // What they do not notice is judged by those that run the compiled commands.
    const compiled = await told("4");
    expect(compiled.slice(0, 3)).toEqual(["--runTestsByPath", "test/cli/process.test.ts", "--config=jest.config.js"]);
    expect(compiled).not.toContain(ignoring("test/cli/process.test.ts"));
  });

  test("is of no use when the tests fail without a change", async () => {
    await expect(workplace.checkUnchanged(["stacks/a.ts"])).resolves.toBeUndefined();
    writeFileSync(join(folder, "stacks", "a.ts"), "x = 1;");
    await expect(workplace.checkUnchanged(["stacks/a.ts"])).rejects.toThrow("the sources are noticed: a test");
    writeFileSync(join(folder, "stacks", "a.ts"), "x = 0;");
  });
});
