import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, type EnvironmentDefinition, type Stage, stages } from "../../config";
import { ConfigError, kebabName, parseConfig } from "../../modules/core";
import {
  addToEnvironment,
  checkNewFiles,
  environmentFile,
  listEnvironment,
  newEnvironment,
  newService,
  newTable,
  ScaffoldError,
  serviceFiles,
  writeNewFiles,
} from "../../scaffold";
import { type AnswerOptions, Answers } from "../answers";
import type { Outcome } from "../document";
import { addDocument } from "../documents/init";
import { askForEnvironment, type EnvironmentOptions } from "../new-environment";
import project from "../project";
import { toolkitName } from "../toolkit-name";

export interface AddEnvironmentOptions extends AnswerOptions, EnvironmentOptions {
  readonly stage?: Stage;
}

export interface AddServiceOptions extends AnswerOptions {
  readonly environment?: readonly string[];
}

export interface AddTableOptions extends AddServiceOptions {
  readonly partitionKey?: string;
  readonly sortKey?: string;
}

const folder = process.cwd();

/** Writes a new environment. */
export async function addEnvironment(name: string | undefined, options: AddEnvironmentOptions): Promise<Outcome> {
  const answers = new Answers(options);
  const environment = await nameOf("environment", name, answers);
  const file = `environments/${environment}.ts`;
  checkNewFiles(folder, [file]);
  const stage = await answers.choice(
    options.stage,
    "Stage",
    stages.map((value) => ({ value, name: value })),
    "foundation",
  );
  const asked = await askForEnvironment(project, options, answers);
  const input = newEnvironment({ name: environment, stage, ...asked }, [], project.organisation.defaults);
  project.withNew(defineEnvironment(input)).parse();
  writeNewFiles(folder, new Map([[file, environmentFile(input, toolkitName(folder))]]));
  listEnvironment(folder, input.name);
  return addDocument.outcome({
    added: "environment",
    name: input.name,
    environments: [input.name],
    files: [file, "evenkeel.config.ts"],
    next: [`npx evenkeel describe ${input.name}`],
  });
}

/** Writes a new service, and adds it to environments. */
export async function addService(name: string | undefined, options: AddServiceOptions): Promise<Outcome> {
  const answers = new Answers(options);
  const service = newService(await nameOf("service", name, answers));
  const environments = await chosen(options, answers);
  checkFree(environments, "services", service.name);
  const files = serviceFiles(service.name);
  writeNewFiles(folder, files);
  for (const environment of environments) addToEnvironment(folder, environment.name, "services", service);
  return addDocument.outcome({
    added: "service",
    name: service.name,
    environments: environments.map((environment) => environment.name),
    files: [...files.keys(), ...filesOf(environments)],
    next: ["npm test"],
  });
}

/** Adds a table to environments. */
export async function addTable(name: string | undefined, options: AddTableOptions): Promise<Outcome> {
  const answers = new Answers(options);
  const table = await nameOf("table", name, answers);
  const partitionKey = await answers.text(options.partitionKey, "Partition key, a string", "id");
  const sortKey = (await answers.text(options.sortKey, "Sort key, a string; empty for none", "")) || undefined;
  const environments = await chosen(options, answers);
  checkFree(environments, "tables", table);
  for (const { name: environment, input } of environments) {
    addToEnvironment(
      folder,
      environment,
      "tables",
      newTable(table, { partitionKey, sortKey }, input.disposable ?? false),
    );
  }
  return addDocument.outcome({
    added: "table",
    name: table,
    environments: environments.map((environment) => environment.name),
    files: filesOf(environments),
    next: [`npx evenkeel describe ${environments[0]?.name}`],
  });
}

async function nameOf(what: string, given: string | undefined, answers: Answers): Promise<string> {
  const name = await answers.text(given, `Name of the ${what}`, "");
  if (name === "") throw new ScaffoldError(`the ${what} has no name; write evenkeel add ${what} <name>`);
  return parseConfig(kebabName(what === "environment" ? 16 : 32), name, `evenkeel add ${what}`);
}

async function chosen(options: AddServiceOptions, answers: Answers): Promise<readonly EnvironmentDefinition[]> {
  const all = project.load().map(({ name }) => name);
  const names = await answers.several(options.environment, "Environments that get it", all);
  const found = names.map((name) => project.find(name));
  const elsewhere = found.filter(({ name }) => !existsSync(join(folder, "environments", `${name}.ts`)));
  if (elsewhere.length === 0) return found;
  throw new ScaffoldError(
    `there is no ${filesOf(elsewhere).join(", ")}; leave these environments out with --environment, and add it to them by hand`,
  );
}

function checkFree(environments: readonly EnvironmentDefinition[], field: "services" | "tables", name: string): void {
  const issues = environments
    .filter(({ input }) => input[field]?.some((entry) => entry.name === name))
    .map((environment) => ({
      path: `environments/${environment.name}.ts: ${field}`,
      message: "has one of this name already; choose another name",
      received: `"${name}"`,
    }));
  if (issues.length > 0) throw new ConfigError("evenkeel add", issues);
}

const filesOf = (environments: readonly EnvironmentDefinition[]): string[] =>
  environments.map(({ name }) => `environments/${name}.ts`);
