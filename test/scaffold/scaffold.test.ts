import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment } from "../../config";
import {
  addToEnvironment,
  engineNames,
  engines,
  environmentFile,
  listEnvironment,
  newEnvironment,
  newService,
  newTable,
  type pipelineNames,
  projectFiles,
  writeNewFiles,
} from "../../scaffold";
import { temporaryFolder } from "../support/temporary-folder";

const answers = {
  name: "sandbox",
  account: "111111111111",
  home: "eu-west-1",
  standby: ["eu-central-1"],
  stage: "foundation",
  email: "platform@example.com",
} as const;

/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeNewFiles(folder, new Map(Object.entries(files)));
  return folder;
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

describe("A new project", () => {
  const files = (engine: (typeof engineNames)[number], pipeline: (typeof pipelineNames)[number] = "none") =>
    projectFiles({ name: "shop", engine: engines[engine], evenkeel: "0.1.0", environment: answers, pipeline });

  test.each(engineNames)("on %s pins every package exactly, and imports the toolkit for that engine", (engine) => {
    const written = files(engine);
    const { dependencies, devDependencies } = JSON.parse(written.get("package.json") ?? "") as Record<
      string,
      Record<string, string>
    >;
    const versions = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(Object.keys(dependencies ?? {})).toEqual(expect.arrayContaining(Object.keys(engines[engine].dependencies)));
    for (const file of ["main.ts", "evenkeel.config.ts", "environments/sandbox.ts"]) {
      expect(written.get(file)).toContain(`from "${engines[engine].toolkit}"`);
    }
  });

  test("has a pipeline where one is asked for", () => {
    expect([...files("cdktf").keys()].filter((file) => file.startsWith(".g"))).toEqual([".gitignore"]);
    expect(files("cdktf", "github").get(".github/workflows/check.yml")).toContain("npm run demo");
    expect(files("cdktf", "gitlab").get(".gitlab-ci.yml")).toContain("npm run demo");
  });

  test.each(engineNames)("on %s has only scripts, and steps of a pipeline, that work there", (engine) => {
    const { simulated } = engines[engine];
    const { scripts } = JSON.parse(files(engine).get("package.json") ?? "") as { scripts: Record<string, string> };
    expect("demo" in scripts).toBe(simulated);
    for (const pipeline of ["github", "gitlab"] as const) {
      const file = [...files(engine, pipeline)].find(([path]) => /\.ya?ml$/.test(path))?.[1] ?? "";
      const run = [...file.matchAll(/npm (?:run )?(\w+)$/gm)].map(([, script]) => script);
      expect(run).toEqual(["ci", "check", "test", ...(simulated ? ["demo"] : [])]);
      expect(/terraform/i.test(file)).toBe(simulated);
      expect(file).not.toMatch(/\n\n|undefined/);
    }
  });

  test("has an environment without mistakes, with or without a bucket", () => {
    const state = {
      bucket: "shop-state",
      region: "eu-north-1",
      kmsKeyArn: "arn:aws:kms:eu-north-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab",
    };
    for (const input of [newEnvironment(answers), newEnvironment({ ...answers, state, stage: "optimization" })]) {
      const tables = [newTable("orders", { partitionKey: "id", sortKey: "at" }, input.disposable ?? false)];
      expect(defineEnvironment({ ...input, tables }).parse().tables).toMatchObject([{ name: "orders" }]);
    }
  });
});

describe("A new environment", () => {
  test.each([
    ["aws", "eu-west-1", "eu-central-1"],
    ["aws-cn", "cn-north-1", "cn-northwest-1"],
    ["aws-us-gov", "us-gov-west-1", "us-gov-east-1"],
  ])("has no mistakes in the partition %s", (_, home, standby) => {
    const input = newEnvironment({ ...answers, home, standby: [standby] });
    expect(defineEnvironment(input).parse().regions).toEqual({ home, standby: [standby], leaving: [] });
  });
});

describe("New files", () => {
  test("are written all, or none where one exists", () => {
    const folder = folderWith({ "services/a/handler.ts": "mine" });
    const files = new Map([
      ["test/a.test.ts", "new"],
      ["services/a/handler.ts", "new"],
    ]);
    expect(() => writeNewFiles(folder, files)).toThrow(
      "services/a/handler.ts exists already, and nothing is overwritten; choose another name, or move what is there away",
    );
    expect(read(folder, "services/a/handler.ts")).toBe("mine");
    expect(() => read(folder, "test/a.test.ts")).toThrow("ENOENT");
  });
});

describe("An environment that is added", () => {
  const config = (list: string) =>
    `import { defineProject } from "evenkeel";\nimport sandbox from "./environments/sandbox";\n\n// Ours.\nexport default defineProject({ environments: ${list} });\n`;

  test("is imported and listed, and nothing else changes", () => {
    const folder = folderWith({ "evenkeel.config.ts": config("[sandbox]") });
    listEnvironment(folder, "qa-east");
    expect(read(folder, "evenkeel.config.ts")).toBe(
      config("[sandbox, qaEast]").replace(
        '"./environments/sandbox";\n',
        '"./environments/sandbox";\nimport qaEast from "./environments/qa-east";\n',
      ),
    );
  });

  test("gets a line of its own in a list of lines", () => {
    const folder = folderWith({ "evenkeel.config.ts": config("[\n  sandbox,\n]") });
    listEnvironment(folder, "qa");
    expect(read(folder, "evenkeel.config.ts")).toContain("environments: [\n  sandbox,\n  qa,\n]");
  });

  test.each(["all", "[...more, sandbox].sort()"])("is left to the user where the list is %s", (list) => {
    const folder = folderWith({ "evenkeel.config.ts": config(list) });
    expect(() => listEnvironment(folder, "qa")).toThrow(
      'evenkeel.config.ts does not write out that list itself, so it is left as it is; add this to it:\n\nimport qa from "./environments/qa";\n\nenvironments: [..., qa]',
    );
    expect(read(folder, "evenkeel.config.ts")).toBe(config(list));
  });
});

describe("An entry of an environment", () => {
  const table = newTable("orders", { partitionKey: "id" }, false);
  const entry =
    '{\n      name: "orders",\n      partitionKey: "id",\n      attributes: {\n        id: "S",\n      },\n    },\n';
  const file = (body: string) =>
    `import { defineEnvironment } from "evenkeel";\n\nexport default defineEnvironment({\n  name: "qa",${body}});\n`;

  test.each([
    ["an empty list", "\n  tables: [], // none\n", `\n  tables: [\n    ${entry}  ], // none\n`],
    [
      "a list on lines",
      "\n  tables: [\n    { ...other },\n  ],\n",
      `\n  tables: [\n    { ...other },\n    ${entry}  ],\n`,
    ],
    ["a list on one line", "\n  tables: [first],\n", `\n  tables: [first,\n    ${entry}  ],\n`],
    ["no list", "\n  stage,\n", `\n  stage,\n  tables: [\n    ${entry}  ],\n`],
  ])("is put into %s, and nothing else changes", (_, before, after) => {
    const folder = folderWith({ "environments/qa.ts": file(before) });
    addToEnvironment(folder, "qa", "tables", table);
    expect(read(folder, "environments/qa.ts")).toBe(file(after));
  });

  test("is left to the user where the list comes from elsewhere", () => {
    const folder = folderWith({ "environments/qa.ts": file("\n  tables: shared,\n") });
    expect(() => addToEnvironment(folder, "qa", "tables", table)).toThrow(/add this to it:\n\ntables: \[\.\.\., \{/);
    expect(read(folder, "environments/qa.ts")).toBe(file("\n  tables: shared,\n"));
  });

  test("goes into what was written as a new environment", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "environments"));
    writeFileSync(join(folder, "environments", "sandbox.ts"), environmentFile(newEnvironment(answers), "evenkeel"));
    addToEnvironment(folder, "sandbox", "services", newService("orders"));
    expect(read(folder, "environments/sandbox.ts")).toContain('  services: [\n    {\n      name: "orders",\n');
  });
});
