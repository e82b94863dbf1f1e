import { fill } from "../../../simulator/fill/fill";
import { rulesFor } from "../../../simulator/fill/services";
import type { Diagnostic } from "../../../simulator/protocol/messages";
import { planRequest, planResponse, upgradeRequest, upgradeResponse } from "../../../simulator/protocol/messages";
import {
  decodeObject,
  encodeValue,
  isObject,
  type ObjectValue,
  Unknown,
  type Value,
} from "../../../simulator/protocol/values";
import type { Scope } from "../../../simulator/provider/configuration";
import type { ProviderProcess } from "../../../simulator/provider/process";
import { alone, asApplied, asRead } from "../../../simulator/reads";
import type { KnownSchema } from "../real-provider";
import { additions, correction, notPlannable, put } from "./configurations";
import { violations } from "./conformance";
import { minimalConfig, normalized, proposed, syntheticPlan } from "./synthetic";

/** What was found about one type; an empty list is good. */
export interface Findings {
  typeName: string;
  /** The provider planned the generated configuration. */
  planned: boolean;
  /** Why it did not. */
  planErrors: string[];
  /** Places of the filled state whose value is unknown, missing or of another type. */
  violations: string[];
  /** What the provider says of the filled state when it reads it from a state file or plans with it. */
  refusals: string[];
  /** Places that the next plan would change although nothing in the configuration changed. */
  changes: string[];
}

const MAX_CORRECTIONS = 8;

/** Plans, fills, reads as AWS would answer, reads back and plans again one resource type with the real provider. */
export async function checkType(
  provider: ProviderProcess,
  schema: KnownSchema,
  scope: Scope,
  typeName: string,
): Promise<Findings> {
  const block = schema.resource(typeName);
  const fillPlan = (plan: ObjectValue): ObjectValue => {
    const state = fill({ typeName, block, planned: plan, prior: null, scope, ordinal: 0, rules: rulesFor(typeName) });
    const applied = asApplied(typeName, block, { planned: plan, state }, scope, alone);
    return asRead(typeName, block, applied, scope, alone);
  };
  const config = { ...minimalConfig(typeName, block, scope), ...additions[typeName] };
  const synthetic = fillPlan(syntheticPlan(block, config));
  const first = notPlannable[typeName] ? undefined : await planCreation(provider, schema, typeName, config);
  const created = first?.plan ? fillPlan(normalized(block, first.plan)) : synthetic;
  const states = created === synthetic ? [synthetic] : [synthetic, created];
  const found: Findings = {
    typeName,
    planned: first?.plan !== undefined,
    planErrors: first?.errors ?? [],
    violations: states.flatMap((state) => violations(block, state)),
    refusals: [],
    changes: [],
  };
  if (block.attributes.some(({ name }) => name === "id") && !created.id) found.violations.push(".id: empty");
  for (const state of states) found.refusals.push(...(await readBack(provider, schema, typeName, state)));
  if (!found.planned) return found;
  const again = await plan(provider, typeName, created, proposed(block, config, created), config, first?.secret);
  found.refusals.push(...again.errors);
  if (again.plan) found.changes = differences(created, again.plan);
  return found;
}

interface Planned {
  plan?: ObjectValue;
  secret?: Buffer;
  errors: string[];
}

/** Plans a creation; the provider quotes what it expects instead of a placeholder, and gets it. */
async function planCreation(
  provider: ProviderProcess,
  schema: KnownSchema,
  typeName: string,
  config: ObjectValue,
): Promise<Planned> {
  const block = schema.resource(typeName);
  for (let corrections = 0; ; corrections++) {
    const result = await plan(provider, typeName, null, syntheticPlan(block, config), config);
    const wanted = correction(result.errors[0] ?? "");
    if (!wanted || corrections >= MAX_CORRECTIONS || !put(config, wanted.path, wanted.value)) return result;
  }
}

async function plan(
  provider: ProviderProcess,
  typeName: string,
  prior: ObjectValue | null,
  proposal: ObjectValue,
  config: ObjectValue,
  secret: Buffer = Buffer.alloc(0),
): Promise<Planned> {
  const request = planRequest.encode({
    type_name: typeName,
    prior_state: encodeValue(prior),
    proposed_new_state: encodeValue(proposal),
    config: encodeValue(config),
    prior_private: secret,
  });
  const answer = planResponse.decode(await provider.call("PlanResourceChange", request));
  const failed = errors(answer.diagnostics);
  const planned = failed.length ? null : decodeObject(answer.planned_state);
  return { errors: failed, ...(planned && { plan: planned, secret: Buffer.from(answer.planned_private) }) };
}

/** As Terraform reads a state file: from JSON, through the provider. */
async function readBack(
  provider: ProviderProcess,
  schema: KnownSchema,
  typeName: string,
  state: ObjectValue,
): Promise<string[]> {
  const json = JSON.stringify(state, (_name, value: unknown) => (typeof value === "bigint" ? Number(value) : value));
  const request = upgradeRequest.encode({
    type_name: typeName,
    version: schema.version(typeName),
    raw_state: { json: Buffer.from(json) },
  });
  return errors(upgradeResponse.decode(await provider.call("UpgradeResourceState", request)).diagnostics);
}

function errors(diagnostics: Diagnostic[]): string[] {
  return diagnostics.filter(({ severity }) => severity === 1).map(({ summary, detail }) => `${summary}: ${detail}`);
}

/** Places where two states differ; the older provider SDK does not tell null, "", 0, false and no elements apart. */
function differences(before: Value, after: Value, place = ""): string[] {
  if (nothing(before) && nothing(after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(before[name] ?? null, after[name] ?? null, `${place}.${name}`));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((element, index) => differences(element, after[index] ?? null, `${place}[${index}]`));
  }
  if (after instanceof Unknown) return [`${place}: becomes unknown`];
  return String(before) === String(after) ? [] : [`${place}: ${String(before)} becomes ${String(after)}`];
}

function nothing(value: Value): boolean {
  return value === null || value === "" || value === 0 || value === false || (Array.isArray(value) && !value.length);
}
