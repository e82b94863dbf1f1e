import { App } from "cdktf";
import { assumptionsOf } from "../../config/assumptions";
import { buildStacks } from "../../stacks";
import type { StackJson } from "../../terraform";
import { accountNeeds } from "../account/needs";
import type { Outcome } from "../document";
import { accountDocument } from "../documents/account";
import project from "../project";

/** What an account has to have before an environment is deployed to it for the first time. */
export function account(name: string): Outcome {
  const environment = project.find(name);
  const deployment = environment.resolve();
  const stacks = buildStacks(new App({ stackTraces: false }), deployment);
  const needs = accountNeeds(stacks.map((stack) => ({ terraform: stack.toTerraform() as StackJson })));
  return accountDocument.outcome({
    environment: name,
    stage: environment.input.stage,
    account: deployment.account,
    notes: assumptionsOf(environment, deployment.config, new Date()),
    needs: needs.map(({ region = null, make = null, what, check, certain }) => ({
      region,
      what,
      check,
      make,
      certain,
    })),
  });
}
