import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
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
  ScaffoldError,
  writeNewFiles,
} from "../../scaffold";
import { describeEnd, startProcess } from "../../terraform";
import { type AnswerOptions, Answers } from "../answers";
import type { Outcome } from "../document";
import { initDocument } from "../documents/init";
import { note } from "../note";
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

/** What may be there before: what a version control system or an editor has made. */
const harmless = new Set([".git", ".gitignore", ".idea", ".vscode", "LICENSE"]);

/**
 * Writes a new project and installs its packages.
 * @returns exit code 1 if packages could not be installed
 * @throws ScaffoldError if the folder holds anything; ConfigError if an answer is wrong
 */
export async function init(folder: string | undefined, options: InitOptions): Promise<Outcome> {
  const answers = new Answers(options);
  const place = resolve(folder ?? ".");
  checkEmpty(place);
  const engine =
    engines[
      await answers.choice(
        options.engine,
        "Engine",
        engineNames.map((value) => ({ value, name: engines[value].title })),
        "cdktf",
      )
    ];
  const environment = {
    name: "sandbox",
    stage: "foundation",
    account: await answers.text(options.account, "AWS account of the sandbox; an example will do", "111111111111"),
    home: await answers.text(options.home, "Region that serves the traffic", "eu-west-1"),
    standby: options.standby ?? [await answers.text(undefined, "Region that takes over", "eu-central-1")],
    email: await answers.text(options.email, "Where alarms go", "platform@example.com"),
  } as const;
  await check(environment);
  const pipeline = await answers.choice(
    options.pipeline,
    "A pipeline that checks each change",
    pipelineNames.map((value) => ({ value, name: value })),
    "none",
  );
  const evenkeel = options.evenkeel ?? runningPackage(place);
  mkdirSync(place, { recursive: true });
  const files = new Map(projectFiles({ name: packageName(place), engine, evenkeel, environment, pipeline }));
  if (existsSync(join(place, ".gitignore"))) files.delete(".gitignore");
  writeNewFiles(place, files);
  const installed = options.install && (await install(place));
  const next = whatNext(place, installed, engine.simulated);
  const data = { folder: place, files: [...files.keys()], installed, next };
  return initDocument.outcome(data, options.install && !installed ? 1 : 0);
}

/** Checks the answers as the environment's schema does. The project itself does so where no engine is installed yet. */
async function check(answers: EnvironmentAnswers): Promise<void> {
  try {
    const { defineEnvironment } = await import("../../config/index.js");
    // Without its service, whose handler is not there yet.
    defineEnvironment(newEnvironment(answers)).parse();
  } catch (error) {
    if (!isWithoutEngine(error)) throw error;
  }
}

function checkEmpty(place: string): void {
  const left = existsSync(place) ? readdirSync(place).filter((name) => !harmless.has(name)) : [];
  if (left.length === 0) return;
  const shown = left.slice(0, 5).join(", ") + (left.length > 5 ? ", ..." : "");
  throw new ScaffoldError(`${place} is not empty (${shown}), and nothing is overwritten; name a new folder`);
}

/** As npm takes it. @see https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const packageName = (place: string): string =>
  basename(place)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "") || "platform";

/** How npm finds the package that runs: its version; or its archive, where it was installed from one. */
function runningPackage(place: string): string {
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
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
