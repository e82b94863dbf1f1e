import type { Inventory } from "../inventory/inventory";
import { ownerInWords, placeInWords, type Remnant, type Thing } from "../inventory/thing";
import type { Diagnostic } from "../protocol/messages";
import { absentIn } from "./absent";
import { type Call, diagnosticOf, type Operation, type TypeCalls } from "./refusal";
import { callsOf } from "./services";

/** AWS's refusal to create something, as the provider prints it; undefined when AWS accepts. */
export function refusedCreation(call: Call, inventory: Inventory): Diagnostic | undefined {
  const calls = callsOf(call.type);
  const absent = absentIn(call, calls);
  if (absent) return absent;
  const holder = inventory.holderOf(call.type, call.cloud.place, call.values);
  const taken = holder && refusedName(calls, call, holder);
  return taken ?? (calls && refusedDemand(calls, calls.create, call, calls.demands));
}

/** AWS's refusal to change something. */
export function refusedChange(call: Call, inventory: Inventory): Diagnostic | undefined {
  const calls = callsOf(call.type);
  const operation = calls?.update ?? calls?.create;
  const holder = inventory.holderOf(call.type, call.cloud.place, call.values, call.prior ?? undefined);
  const taken = holder && refusedName(calls, call, holder, operation);
  return taken ?? (calls && operation && refusedDemand(calls, operation, call, calls.demands));
}

/** AWS's refusal to delete something. */
export function refusedRemoval(call: Call): Diagnostic | undefined {
  const calls = callsOf(call.type);
  return calls && refusedDemand(calls, calls.remove, call, calls.removalDemands);
}

/** How long the name of a deleted thing is taken, in milliseconds. */
export function heldForMs({ type, state }: Thing): number {
  return callsOf(type)?.heldForMs?.(state) ?? 0;
}

/**
 * Types whose calls the provider repeats for minutes while IAM does not show a role or its policies yet.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency
 */
const repeatedForIam = new Set([
  "aws_backup_selection",
  "aws_cloudwatch_event_endpoint",
  "aws_kms_key",
  "aws_kms_replica_key",
  "aws_lambda_event_source_mapping",
  "aws_lambda_function",
  "aws_lambda_function_event_invoke_config",
  "aws_lambda_permission",
  "aws_rds_cluster_instance",
  "aws_scheduler_schedule",
  "aws_secretsmanager_secret_policy",
  "aws_sns_topic_policy",
]);

/** True for a type whose calls are repeated until IAM shows what they need. */
export const isRepeatedForIam = (type: string): boolean => repeatedForIam.has(type);

/** True for a type whose ids AWS makes and never gives again. */
export function isRemembered(type: string): boolean {
  return callsOf(type)?.remembered ?? false;
}

/** What AWS deletes along with a thing. */
export function goesAlong(call: Call): readonly Thing[] {
  return callsOf(call.type)?.takesAlong?.(call) ?? [];
}

function refusedDemand(
  calls: TypeCalls,
  operation: Operation,
  call: Call,
  demands: TypeCalls["demands"] = [],
): Diagnostic | undefined {
  for (const demand of demands) {
    const answer = demand(call);
    if (answer) return diagnosticOf(calls, operation, call, answer);
  }
  return undefined;
}

function refusedName(
  calls: TypeCalls | undefined,
  call: Call,
  holder: Thing | Remnant,
  operation: Operation | undefined = calls?.create,
): Diagnostic | undefined {
  if (!("thing" in holder)) {
    const detail =
      `In the simulated cloud it is made by ${ownerInWords(holder)}, ` +
      `in ${placeInWords(holder.type, holder.place)}. Give one of the two another name.`;
    const answer = calls?.exists?.(call, holder);
    return calls && operation && answer
      ? diagnosticOf(calls, operation, call, answer, detail)
      : overwritten(operation, call, detail);
  }
  const remaining = holder.heldUntil === undefined ? Number.POSITIVE_INFINITY : holder.heldUntil - Date.now();
  // The provider repeats the call until the name is free, so a real apply takes longer and succeeds.
  if (!calls || remaining <= (calls.heldRepeatedMs ?? 0)) return undefined;
  const answer = (calls.held ?? calls.exists)?.(call, holder.thing);
  const until = holder.heldUntil === undefined ? "for good" : `until ${new Date(holder.heldUntil).toISOString()}`;
  const detail = `In the simulated cloud it was made by ${ownerInWords(holder.thing)} and deleted; its name is taken ${until}.`;
  return answer && operation && diagnosticOf(calls, operation, call, answer, detail);
}

/** AWS says nothing here, and the settings of one of the two are gone: so the simulated cloud refuses. */
function overwritten(operation: Operation | undefined, call: Call, detail: string): Diagnostic {
  const says = operation?.says(call.values) ?? `creating ${call.type}`;
  return {
    severity: 1,
    summary: `${says}: AWS would accept this, and two resources would manage one thing`,
    detail: `Each apply would overwrite what the other has set, without a word. ${detail}`,
  };
}
