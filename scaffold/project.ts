import { developmentTools, type Engine } from "./engines";
import { type EnvironmentAnswers, environmentFile, newEnvironment, newService } from "./environment";
import { camelCase } from "./literal";
import { type Pipeline, pipelineFiles } from "./pipelines/check";
import { serviceFiles } from "./service";

/** What a new project is asked for. */
export interface ProjectAnswers {
  /** Name of the npm package, and of its folder. */
  readonly name: string;
  readonly engine: Engine;
  /** Version of this package, or where npm finds it: `file:../evenkeel-0.1.0.tgz`. */
  readonly evenkeel: string;
  readonly environment: EnvironmentAnswers;
  readonly pipeline: Pipeline;
}

const firstService = "hello";

/** The first environment of a new project. */
const firstEnvironment = (answers: EnvironmentAnswers) => newEnvironment(answers, [newService(firstService)]);

/** The files of a new project by their paths, which deploys on the simulated cloud as it stands. */
export function projectFiles(answers: ProjectAnswers): ReadonlyMap<string, string> {
  const { engine, environment, pipeline } = answers;
  return new Map([
    ["package.json", packageJson(answers)],
    ["tsconfig.json", json(tsconfig)],
    ["jest.config.js", jestConfig],
    [
      "cdktf.json",
      json({
        language: "typescript",
        app: "node --require evenkeel/register main.ts",
        output: "cdktf.out",
        sendCrashReports: "false",
      }),
    ],
    [".gitignore", ["node_modules/", "cdktf.out/", ".evenkeel/", "*.tfstate*", ".terraform/", ""].join("\n")],
    ["main.ts", `import { synthesizeProject } from "${engine.toolkit}";\n\nsynthesizeProject();\n`],
    ["evenkeel.config.ts", configFile(environment.name, engine.toolkit)],
    [`environments/${environment.name}.ts`, environmentFile(firstEnvironment(environment), engine.toolkit)],
    ["test/environments.test.ts", environmentsTest(engine)],
    ["README.md", readme(answers)],
    ...serviceFiles(firstService),
    ...pipelineFiles(pipeline, engine.simulated),
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const sorted = (record: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(record).sort());

const packageJson = ({ name, engine, evenkeel }: ProjectAnswers): string =>
  json({
    name,
    private: true,
    scripts: {
      ...(engine.simulated ? { demo: "evenkeel demo" } : {}),
      check: "tsc",
      test: "jest",
      doctor: "evenkeel doctor",
    },
    dependencies: sorted({ evenkeel, ...engine.dependencies }),
    devDependencies: sorted(developmentTools),
    // Its newer versions name platform packages that the registry does not have.
    overrides: { "unrs-resolver": "1.12.2" },
    allowScripts: refusedScripts,
  });

/** Packages that would run a script when they are installed. All of them work without. */
const refusedScripts = {
  "@parcel/watcher": false,
  "@swc/core": false,
  esbuild: false,
  protobufjs: false,
  "unrs-resolver": false,
};

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2023"],
    module: "node16",
    strict: true,
    noUncheckedIndexedAccess: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node", "jest"],
  },
  exclude: ["node_modules", "cdktf.out", ".evenkeel"],
};

const jestConfig = `module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/.evenkeel/", "<rootDir>/cdktf.out/"],
  transform: { "^.+\\\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};
`;

/** The list of environments. */
const configFile = (name: string, toolkit: string): string => `import { defineProject } from "${toolkit}";
import ${camelCase(name)} from "./environments/${name}";

/** Every environment of this project. */
export default defineProject({ environments: [${camelCase(name)}] });
`;

/** Deploys every environment and promotes it, where the simulated cloud runs the provider that the engine is made for. */
function environmentsTest({ simulated, toolkit }: Engine): string {
  if (!simulated) return checkedOnly;
  return `import { type Cloud, startCloud } from "${toolkit}/testing";
import project from "../evenkeel.config";

jest.setTimeout(15 * 60_000);

describe("On the simulated cloud", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.stop());

  test.each(project.environments.map((environment) => [environment.name, environment] as const))(
    "%s deploys, settles, and is promoted without a loss",
    async (_, environment) => {
      await cloud.deploy(environment, { stage: "foundation" });
      await cloud.expectNoChanges(environment);
      await cloud.promote(environment, { stage: "hardening" });
      await cloud.promote(environment, { stage: "optimization" });
      await cloud.expectNoChanges(environment);
      await cloud.destroy(environment);
    },
  );
});
`;
}

const checkedOnly = `import project from "../evenkeel.config";

test.each(project.environments.map((environment) => [environment.name, environment] as const))(
  "%s has no mistakes",
  (_, environment) => {
    expect(environment.resolve().environment).toBe(environment.name);
  },
);
`;

function readme({ name, engine, environment }: ProjectAnswers): string {
  const commands = [
    ...(engine.simulated
      ? [
          [
            "npm run demo",
            `deploys ${environment.name} to a simulated cloud and promotes it through every stage; no AWS account`,
          ],
        ]
      : []),
    ["npm test", "the services, and every environment"],
    ["npm run check", "types"],
    [`npx evenkeel describe ${environment.name}`, "what the environment consists of, and what each stage brings"],
    ["npx evenkeel add service <name>", "a further service; also table, environment"],
    [
      `npx evenkeel deploy ${environment.name}`,
      `the real thing, with your account in environments/${environment.name}.ts`,
    ],
    ["npx evenkeel doctor", "what this machine or project lacks"],
  ];
  const width = Math.max(...commands.map(([command = ""]) => command.length)) + 2;
  return `# ${name}

Infrastructure with [Evenkeel](https://www.npmjs.com/package/evenkeel), on ${engine.title}.

\`\`\`sh
${commands.map(([command = "", what = ""]) => `${command.padEnd(width)}# ${what}`).join("\n")}
\`\`\`

| file | what |
|---|---|
| \`environments/\` | one data file for each environment: account, regions, stage, tables, services |
| \`evenkeel.config.ts\` | the list of them |
| \`services/\` | the code of the functions |
| \`main.ts\` | what \`cdktf synth\` runs |

Account ids and e-mail addresses are examples until you replace them.
`;
}
