import { managedChanges, type Plan, type SynthesizedStack } from "../terraform";
import type { PredictedOutputs } from "./prediction";

/** A value of a plan that depends on an output which is not there yet. */
export interface PredictedValue {
  readonly address: string;
  /** Names and positions from the resource to the value: `["replica", 0, "kms_key_arn"]`. */
  readonly path: readonly (string | number)[];
  /** Stacks that put it out. */
  readonly from: readonly string[];
}

/** The outputs that a stack was planned on before they are there. */
export interface ReadPrediction {
  /** Name of the `terraform_remote_state` that reads them. */
  readonly block: string;
  readonly stack: string;
  readonly outputs: PredictedOutputs;
}

type Path = PredictedValue["path"];

/** Shorter texts are in others by chance. */
const leastCharacters = 6;

/**
 * The values of a plan that depend on made-up outputs: those whose expression names one, and those that hold the text of one, unless it
 * is also written in the stack's configuration.
 */
export function predictedValues(
  plan: Plan,
  stack: SynthesizedStack,
  reads: readonly ReadPrediction[],
): PredictedValue[] {
  const madeUp = reads.flatMap(({ block, stack: from, outputs: { outputs, madeUp: names } }) =>
    [...names].map((name) => ({
      from,
      reference: `data.terraform_remote_state.${block}.outputs.${name}`,
      value: outputs[name]?.value,
    })),
  );
  if (madeUp.length === 0) return [];
  const written = JSON.stringify(stack.terraform);
  const texts = madeUp
    .flatMap(({ from, value }) => textsIn(value).map((text) => ({ from, text })))
    .filter(({ text }) => text.length >= leastCharacters && !written.includes(text));
  const resources = new Map((plan.configuration?.root_module?.resources ?? []).map((one) => [one.address, one]));
  return managedChanges(plan).flatMap(({ address, change }) => {
    const configured = resources.get(address.replace(/\[[^\]]*\]$/, ""));
    const named = madeUp.flatMap(({ from, reference }) =>
      pathsNaming(configured?.expressions, reference).map((path) => ({ from, path })),
    );
    const found = new Map<string, { path: Path; from: Set<string> }>();
    const add = (path: Path, from: string) => {
      const key = JSON.stringify(path);
      const known = found.get(key) ?? { path, from: new Set<string>() };
      known.from.add(from);
      found.set(key, known);
    };
    for (const { path, value } of leavesOf(change.after)) {
      for (const { from, text } of texts) if (String(value).includes(text)) add(path, from);
      // One expression may be of a whole map, with texts beside what it names.
      const isWritten = typeof value === "string" && written.includes(JSON.stringify(value));
      for (const one of named) if (!isWritten && startsWith(path, one.path)) add(path, one.from);
    }
    return [...found.values()].map(({ path, from }) => ({ address, path, from: [...from].sort() }));
  });
}

/** The places in the expressions of a resource that name something; positions within blocks are kept where they are the plan's. */
function pathsNaming(expressions: unknown, reference: string, path: Path = []): Path[] {
  if (Array.isArray(expressions))
    return expressions.flatMap((one, index) => pathsNaming(one, reference, [...path, index]));
  if (expressions === null || typeof expressions !== "object") return [];
  const { references } = expressions as { readonly references?: unknown };
  if (Array.isArray(references)) return references.includes(reference) ? [path] : [];
  return Object.entries(expressions).flatMap(([name, inner]) => pathsNaming(inner, reference, [...path, name]));
}

/** Sets have no positions: any element of a block may be the one that an expression is written for. */
const startsWith = (path: Path, start: Path): boolean =>
  start.every((step, index) => path[index] === step || (typeof step === "number" && typeof path[index] === "number"));

export function leavesOf(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (value === null || typeof value !== "object") return [{ path, value }];
  const entries = Object.entries(value);
  if (entries.length === 0) return [{ path, value }];
  return entries.flatMap(([key, inner]) => leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]));
}

const textsIn = (value: unknown): string[] =>
  leavesOf(value).flatMap(({ value: leaf }) => (typeof leaf === "string" ? [leaf] : []));
