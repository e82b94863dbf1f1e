import { fill } from "../fill/fill";
import { rulesFor } from "../fill/services";
import type { Inventory } from "../inventory/inventory";
import { addressOf } from "../inventory/owner";
import type { Owner, Place, Thing } from "../inventory/thing";
import { applyRequest, applyResponse, type Diagnostic } from "../protocol/messages";
import type { ProviderSchema } from "../protocol/schema";
import { decodeObject, encodeValue, type ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { asApplied, neighboursIn } from "../reads";
import {
  goesAlong,
  heldForMs,
  isRemembered,
  isRepeatedForIam,
  refusedChange,
  refusedCreation,
  refusedRemoval,
} from "../refusals";
import { CloudView, type Reference } from "../refusals/cloud-view";
import type { Call } from "../refusals/refusal";
import { refusedValues } from "../refusals/values";
import type { Waiting } from "../turns";

/** How many resources one simulated cloud has created, changed and destroyed. */
export interface Counts {
  created: number;
  changed: number;
  destroyed: number;
}

/** What one apply works with. */
export interface ApplyContext {
  readonly schema: ProviderSchema;
  /** Region and account of the provider configuration. */
  readonly scope: Scope;
  readonly inventory: Inventory;
  readonly counts: Counts;
  /** The folder of the Terraform process, as far as it is known. */
  readonly folder?: string;
  /** False if every call is accepted; true by default. */
  readonly refusals?: boolean;
  /** The Terraform process, as far as it is known. */
  readonly run?: number;
  /** Roles and policies of IAM are not seen by other calls of the run that made them. */
  readonly eventualIam?: boolean;
  /** Concurrent executions of Lambda in each region of each account. */
  readonly lambdaConcurrency?: number;
  /** Makes other ids and other random values. */
  readonly salt?: string;
  /** Told of each thing that a creation needs. */
  readonly onReference?: (reference: Reference) => void;
}

const mostAlike = 1000;

/**
 * Answers ApplyResourceChange as AWS and the provider do: a refusal in their words, else the planned state with every
 * unknown filled in, as it is then read; a delete answers null.
 */
export function applyResource(request: Buffer, context: ApplyContext): Buffer {
  const {
    type_name: type,
    prior_state,
    planned_state,
    config,
    planned_private,
    planned_identity,
  } = applyRequest.decode(request);
  const prior = decodeObject(prior_state);
  const planned = decodeObject(planned_state);
  if (!planned) {
    const refused = prior && remove(type, prior, context);
    if (refused)
      return applyResponse.encode({ new_state: prior_state, diagnostics: [refused], legacy_type_system: true });
    context.counts.destroyed += 1;
    return applyResponse.encode({ new_state: encodeValue(null) });
  }
  const { state, refused } = prior
    ? change(type, prior, planned, decodeObject(config) ?? {}, context)
    : create(type, planned, decodeObject(config) ?? {}, context);
  if (refused) {
    return applyResponse.encode({
      new_state: prior ? prior_state : encodeValue(null),
      diagnostics: [refused],
      legacy_type_system: true,
    });
  }
  return applyResponse.encode({
    new_state: encodeValue(state),
    private: withoutCreateMark(planned_private),
    // A provider built on the older SDK may plan a default differently than configured; Terraform tolerates that.
    legacy_type_system: true,
    ...(planned_identity ? { new_identity: planned_identity } : {}),
    ...(!prior && type === "aws_lambda_invocation" ? { diagnostics: [notRun(state)] } : {}),
  });
}

/** Nothing runs here: whoever counts on what a function does has to know. */
const notRun = ({ function_name, qualifier }: ObjectValue): Diagnostic => ({
  severity: 2,
  summary: `The simulated cloud did not run ${String(function_name)}:${String(qualifier)}`,
  detail: "It answers an invocation with {}. What the function would do, such as migrations of a schema, was not done.",
});

/** What is known of a call before it is made. */
export function waitingCall(request: Buffer, context: ApplyContext): Waiting {
  const { type_name: type, prior_state, planned_state, config } = applyRequest.decode(request);
  const prior = decodeObject(prior_state);
  const owner = prior
    ? context.inventory.find(type, context.scope, prior)?.owner
    : ownerOf(type, decodeObject(config) ?? {}, context);
  return { type, removal: decodeObject(planned_state) === null, ...(owner && { owner }) };
}

interface Applied {
  readonly state: ObjectValue;
  readonly refused?: Diagnostic;
}

function create(type: string, planned: ObjectValue, config: ObjectValue, context: ApplyContext): Applied {
  const { scope, inventory, counts } = context;
  let state = filled(type, planned, null, 0, context);
  // Of two resources that are configured alike, the second gets other ids; so does one that was deleted and comes again.
  const isTaken = () =>
    inventory.hasId(type, scope, state) || inventory.holderOf(type, placed(scope), state) !== undefined;
  for (let ordinal = 1; isTaken() && ordinal < mostAlike; ordinal++) {
    const next = filled(type, planned, null, ordinal, context);
    // One that is named by its configuration gets the same id whatever the ordinal.
    if (next.id === state.id && next.arn === state.arn) break;
    state = next;
  }
  const owner = ownerOf(type, config, context);
  const asked = callOf(type, state, null, owner, context);
  const refused =
    context.refusals === false ? undefined : (refusedCreation(asked, inventory) ?? refusedValues(asked, config));
  if (refused) return { state, refused };
  const applied = inReadForm(type, planned, state, context);
  inventory.put({ type, place: placed(scope), state: applied, ...(owner && { owner }) }, context.run);
  counts.created += 1;
  return { state: applied };
}

function change(
  type: string,
  prior: ObjectValue,
  planned: ObjectValue,
  config: ObjectValue,
  context: ApplyContext,
): Applied {
  const { scope, inventory, counts } = context;
  const state = filled(type, planned, prior, 0, context);
  const known = inventory.find(type, scope, prior);
  const asked = callOf(type, state, prior, known?.owner, context);
  const refused =
    context.refusals === false ? undefined : (refusedChange(asked, inventory) ?? refusedValues(asked, config));
  if (refused) return { state, refused };
  const applied = inReadForm(type, planned, state, context);
  if (known) inventory.remove(known);
  inventory.put({ type, place: placed(scope), state: applied, ...(known?.owner && { owner: known.owner }) });
  counts.changed += 1;
  return { state: applied };
}

function inReadForm(
  type: string,
  planned: ObjectValue,
  state: ObjectValue,
  { schema, scope, inventory }: ApplyContext,
): ObjectValue {
  return asApplied(type, schema.resource(type), { planned, state }, scope, neighboursIn(inventory, placed(scope)));
}

/** Deletes something. What is gone already counts as deleted, as for the provider. @returns AWS's refusal */
function remove(type: string, prior: ObjectValue, context: ApplyContext): Diagnostic | undefined {
  const known = context.inventory.find(type, context.scope, prior);
  if (!known) return undefined;
  const call = callOf(type, prior, prior, known.owner, { ...context, onReference: undefined });
  const refused = context.refusals === false ? undefined : refusedRemoval(call);
  if (refused) return refused;
  for (const along of goesAlong(call)) context.inventory.remove(along);
  context.inventory.remove(known, heldForMs(known), isRemembered(type));
  return undefined;
}

function filled(
  typeName: string,
  planned: ObjectValue,
  prior: ObjectValue | null,
  ordinal: number,
  { schema, scope, salt }: ApplyContext,
): ObjectValue {
  return fill({
    salt,
    typeName,
    block: schema.resource(typeName),
    planned,
    prior,
    scope,
    ordinal,
    rules: rulesFor(typeName),
  });
}

function callOf(
  type: string,
  values: ObjectValue,
  prior: ObjectValue | null,
  owner: Owner | undefined,
  { inventory, scope, run, eventualIam, lambdaConcurrency, onReference }: ApplyContext,
): Call {
  const needed = (thing: Thing): void => {
    if (owner && thing.owner) onReference?.({ from: owner, to: thing.owner });
    // A call that the provider repeats has waited until IAM shows what it needs, to the calls after it as well.
    if (isRepeatedForIam(type)) inventory.forgetRunOf(thing);
  };
  const late = eventualIam && run !== undefined && !isRepeatedForIam(type) && !type.startsWith("aws_iam_");
  const unseen = (thing: Thing): boolean => thing.type.startsWith("aws_iam_") && inventory.runOf(thing) === run;
  const cloud = new CloudView(inventory, placed(scope), needed, late ? unseen : undefined, lambdaConcurrency);
  return { type, values, prior, cloud };
}

const placed = ({ partition, account, region }: Scope): Place => ({ partition, account, region });

function ownerOf(
  type: string,
  config: ObjectValue,
  { folder, inventory, scope: { region } }: ApplyContext,
): Owner | undefined {
  if (folder === undefined) return undefined;
  const ofFolder = inventory.madeIn(folder);
  const address = addressOf(
    { folder, type, region, config },
    (other) => ofFolder.get(other)?.state,
    new Set(ofFolder.keys()),
  );
  return address ? { folder, address } : { folder };
}

/** The older provider SDK marks a planned creation in the private data and removes the mark when it applies. */
function withoutCreateMark(planned: Uint8Array): Uint8Array {
  if (planned.length === 0) return planned;
  const { _new_extra_shim: _, ...rest } = JSON.parse(Buffer.from(planned).toString("utf8")) as Record<string, unknown>;
  return Object.keys(rest).length ? Buffer.from(JSON.stringify(rest)) : Buffer.alloc(0);
}
