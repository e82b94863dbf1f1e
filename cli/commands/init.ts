import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { packageRoot } from "../../loader";
import {
  type EngineName,
  type EnvironmentAnswers,
  engineNames,
  engines,
  newEnvironment,
  type Pipeline,
  pipelineNames,
  projectFiles,
  writeNewFiles,
} from "../../scaffold";
import { describeEnd, startProcess } from "../../terraform";
import { type AnswerOptions, Answers } from "../answers";
import type { Outcome } from "../document";
import { initDocument } from "../documents/init";
import { checkAnswers, checkArchive, checkFolder, checkNode, makeFolder, packageName } from "../new-project";
import { note } from "../note";
import { toolkitVersion } from "../toolkit-name";
import { isWithoutEngine } from "../without-engine";

export interface InitOptions extends AnswerOptions {
  readonly engine?: EngineName;
  readonly pipeline?: Pipeline;
  readonly account?: string;
  readonly home?: string;
  readonly standby?: readonly string[];
  readonly email?: string;
  readonly evenkeel?: string;
  readonly install: boolean;
}

/**
 * Writes a new project and installs its packages. All that can be wrong is looked for before.
 * @returns exit code 1 if packages could not be installed
 * @throws ScaffoldError if the folder holds anything; ConfigError if an answer is wrong
 */
export async function init(folder: string | undefined, options: InitOptions): Promise<Outcome> {
  const answers = new Answers(options);
  const place = resolve(folder ?? ".");
  checkFolder(place);
  const engine =
    engines[
      await answers.choice(
        options.engine,
        "Engine",
        engineNames.map((value) => ({ value, name: engines[value].title })),
        "cdktf",
      )
    ];
  if (options.install) checkNode(engine);
  const evenkeel = options.evenkeel ?? runningPackage(place);
  checkArchive(evenkeel, place);
  const environment = {
    name: "sandbox",
    stage: "foundation",
    account: await answers.text(options.account, "AWS account of the sandbox; an example will do", "111111111111"),
    home: await answers.text(options.home, "Region that serves the traffic", "eu-west-1"),
    standby: options.standby ?? [await answers.text(undefined, "Region that takes over", "eu-central-1")],
    email: await answers.text(options.email, "Where alarms go", "platform@example.com"),
  } as const;
  checkAnswers(environment);
  await checkEnvironment(environment);
  const pipeline = await answers.choice(
    options.pipeline,
    "A pipeline that checks each change",
    pipelineNames.map((value) => ({ value, name: value })),
    "none",
  );
  makeFolder(place);
  const files = new Map(projectFiles({ name: packageName(place), engine, evenkeel, environment, pipeline }));
  if (existsSync(join(place, ".gitignore"))) files.delete(".gitignore");
  writeNewFiles(place, files);
  const installed = options.install && (await install(place));
  const next = whatNext(place, installed, engine.simulated);
  const data = { folder: place, files: [...files.keys()], installed, next };
  return initDocument.outcome(data, options.install && !installed ? 1 : 0);
}

/** Checks all of the environment, where an engine is installed already; the project does so itself. */
async function checkEnvironment(answers: EnvironmentAnswers): Promise<void> {
  try {
    const { defineEnvironment } = await import("../../config/index.js");
    // Without its service, whose handler is not there yet.
    defineEnvironment(newEnvironment(answers)).parse();
  } catch (error) {
    if (!isWithoutEngine(error)) throw error;
  }
}

/** How npm finds the package that runs: its version; or its archive, where it was installed from one. */
function runningPackage(place: string): string {
  const root = packageRoot();
  const version = toolkitVersion();
  const modules = resolve(root, "..");
  try {
    const lock = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")) as {
      packages: Record<string, { resolved?: string }>;
    };
    const [, archive] = /^file:(.+)$/.exec(lock.packages["node_modules/evenkeel"]?.resolved ?? "") ?? [];
    if (archive) return `file:${relative(place, resolve(modules, "..", archive)).replaceAll("\\", "/")}`;
  } catch {
    // Not installed by npm.
  }
  return version;
}

/** @returns whether it worked */
async function install(place: string): Promise<boolean> {
  note("npm install");
  const { ended } = startProcess("npm", ["install", "--no-audit", "--no-fund"], {
    cwd: place,
    // What npm says is progress; standard output is for the result.
    stdio: ["inherit", process.stderr, "inherit"],
    env: process.env,
  });
  const end = await ended;
  if (end.code === 0) return true;
  note(`npm install ended with ${describeEnd(end)}; run it again in ${place}`);
  return false;
}

function whatNext(place: string, installed: boolean, simulated: boolean): string[] {
  const folder = relative(process.cwd(), place);
  return [
    ...(folder ? [`cd ${folder}`] : []),
    ...(installed ? [] : ["npm install"]),
    simulated ? "npm run demo     # deploys to a simulated cloud; no AWS account" : "npm test",
  ];
}
