import { App } from "cdktf";
import { assumptionsOf } from "../../config/assumptions";
import { buildStacks } from "../../stacks";
import type { StackJson } from "../../terraform";
import type { AccountNeed } from "../account/need";
import { accountNeeds } from "../account/needs";
import project from "../project";

/** Prints what an account has to have before an environment is deployed to it for the first time. @returns the exit code */
export function account(name: string): number {
  const environment = project.find(name);
  const deployment = environment.resolve();
  const stacks = buildStacks(new App({ stackTraces: false }), deployment);
  const needs = accountNeeds(stacks.map((stack) => ({ terraform: stack.toTerraform() as StackJson })));
  const lines = [
    `What account ${deployment.account} has to have before ${name} is deployed, at stage ${environment.input.stage}.`,
    "Nothing of this was asked of AWS; the commands do. (?) marks what was not verified.",
    ...assumptionsOf(environment, deployment.config, new Date()).flatMap((note) => ["", `to know: ${note}`]),
    ...needs.flatMap(inWords),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

function inWords({ region, what, check, make, certain }: AccountNeed): string[] {
  return [
    "",
    `${region ?? "whole account"}: ${what}${certain ? "" : " (?)"}`,
    `  check: ${check}`,
    ...(make ? [`  make:  ${make}`] : []),
  ];
}
