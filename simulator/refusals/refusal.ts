import { createHash } from "node:crypto";
import type { Thing } from "../inventory/thing";
import type { Diagnostic } from "../protocol/messages";
import { isObject, type ObjectValue, type Value } from "../protocol/values";
import type { CloudView } from "./cloud-view";

/** What AWS answers to a call that it refuses. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  /** AWS's error code, `ResourceConflictException`. */
  readonly code: string;
  readonly message: string;
  /** The API model of the operation does not list the code; the provider then prints `api error` before it. */
  readonly unlisted?: boolean;
}

/** The provider itself refuses, or says so of another call than the one that creates, changes or deletes. */
export interface ProviderWords {
  /** The whole message, as printed after `Error: `. */
  readonly words: string;
}

/** A call that would reach AWS. */
export interface Call {
  readonly type: string;
  /** Everything that is sent and, after creation, what AWS has filled in. */
  readonly values: ObjectValue;
  /** The state before an update; null on creation. */
  readonly prior: ObjectValue | null;
  readonly cloud: CloudView;
}

/** Looks at one thing that AWS demands of a call. @returns AWS's answer if it is not so */
export type Demand = (call: Call) => Answer | ProviderWords | undefined;

/**
 * Looks at one thing that AWS does not check. It is asked when a run ends, as what is missing may come later in the same
 * deployment. @returns what will not work, as parts of a sentence that begins with the thing; undefined if all is well
 */
export type Warning = (call: Call) => string | readonly string[] | undefined;

/** How the provider calls AWS for one resource type, and what AWS demands. */
export interface TypeCalls {
  /** The SDK's name of the service, as errors print it: `Lambda`. */
  readonly service: string;
  readonly create: Operation;
  readonly update?: Operation;
  readonly remove: Operation;
  /** The newer provider framework prints what failed and why apart. */
  readonly framework?: boolean;
  /** AWS's answer to a second creation; without one AWS accepts it, and one of the two is lost. */
  readonly exists?: (call: Call, holder: Thing) => Answer | ProviderWords | undefined;
  /** How long a name stays taken after deletion, in milliseconds; Infinity for ever. */
  readonly heldForMs?: (state: ObjectValue) => number;
  /** AWS's answer to a creation while the name is taken; without one the answer of `exists`. */
  readonly held?: (call: Call, holder: Thing) => Answer | ProviderWords | undefined;
  /** How long the provider repeats a creation while the name is taken, in milliseconds. Shorter holds are waited for. */
  readonly heldRepeatedMs?: number;
  /** AWS makes the ids of this type and gives none of them twice: a use after deletion is refused. */
  readonly remembered?: true;
  /** What must be so to create or change. */
  readonly demands?: readonly Demand[];
  /** What must be so to delete. */
  readonly removalDemands?: readonly Demand[];
  /** What AWS deletes along with it. */
  readonly takesAlong?: (call: Call) => readonly Thing[];
  /** What AWS does not look at, and what then fails without a word. */
  readonly warnings?: readonly Warning[];
}

/** Calls by resource type, for one AWS service. */
export type ServiceCalls = Readonly<Record<string, TypeCalls>>;

export interface Operation {
  /** The name of the API operation, `CreateFunction`. */
  readonly name: string;
  /** How the provider begins its message, `creating Lambda Function (orders)`. */
  readonly says: (values: ObjectValue) => string;
}

/** The diagnostic in the provider's own words. */
export function diagnosticOf(
  calls: TypeCalls,
  operation: Operation,
  call: Call,
  answer: Answer | ProviderWords,
  detail = "",
): Diagnostic {
  if ("words" in answer) return { severity: 1, summary: answer.words, detail };
  const says = operation.says(call.values);
  const id = createHash("sha256")
    .update(JSON.stringify([call.type, says, answer]))
    .digest("hex");
  const requestId = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join("-");
  // S3 alone tells which of its hosts answered.
  const host = calls.service === "S3" ? `HostID: ${Buffer.from(id, "hex").toString("base64")}, ` : "";
  const error =
    `operation error ${calls.service}: ${operation.name}, https response error StatusCode: ${answer.status}, ` +
    `RequestID: ${requestId}, ${host}${answer.unlisted ? "api error " : ""}${answer.code}: ${answer.message}`;
  return calls.framework
    ? { severity: 1, summary: says, detail: [error, detail].filter(Boolean).join("\n\n") }
    : { severity: 1, summary: `${says}: ${error}`, detail };
}

/** A value as text; "" for anything else. */
export function text(values: ObjectValue, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

/** The blocks of a name; none for one that is left out. */
export function blocks(values: ObjectValue, name: string): ObjectValue[] {
  return list(values, name).filter(isObject);
}

/** The texts of a list or set. */
export function texts(values: ObjectValue, name: string): string[] {
  return list(values, name).filter((value) => typeof value === "string");
}

function list(values: ObjectValue, name: string): Value[] {
  const value = values[name] ?? null;
  if (Array.isArray(value)) return value;
  return isObject(value) ? [value] : [];
}
