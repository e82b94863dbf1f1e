import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { lockFileName, objectOf, readSynthesizedStacks, regionOfProvider, resourcesOf } from "../terraform";
import { sha256OfFile } from "./files";

const text = z.string();
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const alarm = z.strictObject({
  region: text,
  name: text,
  /** Null where CloudWatch could not be asked. */
  state: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]).nullable(),
});

/** That a rollout has settled: what was applied, by what, and how its alarms were. It holds no values of plans. */
export const evidenceSchema = z.strictObject({
  format: z.literal(1),
  environment: text,
  /** SHA-256 of the bundle. */
  bundle: digest,
  commit: text,
  tree: text,
  /** ISO 8601. */
  settledAt: z.iso.datetime(),
  /** What planned: evenkeel, terraform, node. */
  versions: z.record(text, text),
  /** Versions of the providers that stacks require, by their source. */
  providers: z.record(text, text),
  /** SHA-256 of the lock file of each stack, by its name without the environment's. */
  lockFiles: z.record(text, digest),
  /** SHA-256 of the code of each function and layer, by its address; several where regions differ. */
  assets: z.record(text, z.array(digest)),
  alarms: z.array(alarm),
  /** What it was promoted from; null where that is not asked. */
  promotedFrom: z.strictObject({ environment: text, bundle: digest, reliedOnEvidence: z.boolean() }).nullable(),
});

export type Evidence = z.output<typeof evidenceSchema>;
export type EvidenceAlarm = Evidence["alarms"][number];

/** What a rollout is made of, as far as two environments can have it in common. */
export type RolloutParts = Pick<Evidence, "providers" | "lockFiles" | "assets">;

/** Reads what a rollout is made of from the unpacked output folder of its bundle. */
export function partsOf(output: string, environment: string): RolloutParts {
  const stacks = readSynthesizedStacks(output);
  const providers: Record<string, string> = {};
  const lockFiles: Record<string, string> = {};
  const assets = new Map<string, Set<string>>();
  for (const stack of stacks) {
    const required = objectOf(objectOf(stack.terraform.terraform).required_providers);
    for (const one of Object.values(required)) {
      const { source, version } = objectOf(one);
      if (typeof source === "string") providers[source] = String(version ?? "any");
    }
    const lock = join(stack.folder, lockFileName);
    if (existsSync(lock)) lockFiles[stack.name.slice(environment.length + 1)] = sha256OfFile(lock);
    for (const [address, { filename }] of resourcesOf(stack)) {
      if (!/^aws_lambda_(function|layer_version)\./.test(address) || typeof filename !== "string") continue;
      const file = join(stack.folder, filename);
      if (existsSync(file)) assets.set(address, (assets.get(address) ?? new Set()).add(sha256OfFile(file)));
    }
  }
  return {
    providers,
    lockFiles,
    assets: Object.fromEntries([...assets].sort().map(([address, all]) => [address, [...all].sort()])),
  };
}

/** Names of the alarms that an output folder defines, by region. */
export function alarmsOf(output: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const stack of readSynthesizedStacks(output)) {
    for (const [address, { alarm_name: name, provider = "" }] of resourcesOf(stack)) {
      if (!/^aws_cloudwatch_(metric|composite)_alarm\./.test(address)) continue;
      const region = regionOfProvider(stack, provider);
      if (region === undefined) continue;
      if (typeof name === "string" && !name.includes("${")) found.set(region, [...(found.get(region) ?? []), name]);
    }
  }
  return found;
}

/** One thing that a promotion asks for. */
export interface PromotionCheck {
  readonly check: "evidence" | "age" | "versions" | "providers" | "lock files" | "assets" | "alarms";
  readonly passed: boolean;
  /** What is so, or what is wrong and what to do. */
  readonly says: string;
}

/** What an environment asks of the one that it is promoted from. */
export interface PromotionTerms {
  readonly from: string;
  readonly withinDays: number;
  /** Functions that only the promoted environment has, by address. */
  readonly onlyHere: readonly { readonly address: string; readonly reason: string }[];
}

/** What is to be promoted. */
export interface Promoted extends RolloutParts {
  readonly tree: string | null;
  readonly dirty: boolean;
  readonly versions: Readonly<Record<string, string>>;
}

const dayMs = 86_400_000;

/**
 * Compares what is to be applied with what has settled elsewhere.
 * @param alarms those of the evidence as they are now; a text where they could not be asked, and undefined to rely on the evidence alone
 */
export function promotionChecks(
  terms: PromotionTerms,
  evidence: Evidence | undefined,
  promoted: Promoted,
  alarms: readonly EvidenceAlarm[] | string | undefined,
  now = new Date(),
): PromotionCheck[] {
  const { from, withinDays, onlyHere } = terms;
  const wrong = whyNone(from, evidence, promoted);
  if (evidence === undefined || wrong !== undefined) {
    return [{ check: "evidence", passed: false, says: wrong ?? `nothing has settled in ${from}` }];
  }
  const days = (now.getTime() - Date.parse(evidence.settledAt)) / dayMs;
  return [
    { check: "evidence", passed: true, says: `commit ${evidence.commit} has settled in ${from}, with the same files` },
    days > withinDays
      ? failed("age", `settled ${evidence.settledAt}, more than ${withinDays} days ago; roll it out in ${from} again`)
      : days < 0
        ? failed("age", `settled ${evidence.settledAt}, which is still to come; set the clock right`)
        : passed("age", `settled ${evidence.settledAt}, within ${withinDays} days`),
    same("versions", differing(evidence.versions, promoted.versions), from, "plan with the same programs"),
    same("providers", differing(evidence.providers, promoted.providers), from, "pin the same versions"),
    same("lock files", otherLockFiles(evidence, promoted), from, "run `evenkeel locks` for both, and commit both"),
    assetCheck(from, evidence, promoted, onlyHere),
    alarmCheck(from, evidence, alarms),
  ];
}

function whyNone(from: string, evidence: Evidence | undefined, { tree, dirty }: Promoted): string | undefined {
  if (tree === null) return "the plan is of no repository, so that nothing says which files it is of; plan in one";
  if (dirty) return `the plan is of files that differ from the commit; commit them, and roll them out in ${from}`;
  if (evidence === undefined)
    return `these files (tree ${tree}) have not settled in ${from}; roll them out there first`;
  if (evidence.environment !== from) return `the evidence is of ${evidence.environment}; pass that of ${from}`;
  if (evidence.tree !== tree) {
    return `the evidence is of other files: tree ${evidence.tree} (commit ${evidence.commit}), planned is tree ${tree}; roll these out in ${from} first`;
  }
  return undefined;
}

const passed = (check: PromotionCheck["check"], says: string): PromotionCheck => ({ check, passed: true, says });
const failed = (check: PromotionCheck["check"], says: string): PromotionCheck => ({ check, passed: false, says });

const same = (check: PromotionCheck["check"], others: readonly string[], from: string, help: string): PromotionCheck =>
  others.length === 0
    ? passed(check, `as in ${from}`)
    : failed(check, `not as in ${from}: ${others.join(", ")}; ${help}`);

/** What both have, with another value: `terraform 1.11.4 there, 1.12.0 here`. */
function differing(there: Readonly<Record<string, string>>, here: Readonly<Record<string, string>>): string[] {
  return Object.entries(here).flatMap(([name, value]) =>
    there[name] === value ? [] : [`${name} ${there[name] ?? "not at all"} there, ${value} here`],
  );
}

/** A stack in another region, or one that only this environment has, has the lock file of any stack there. */
function otherLockFiles({ lockFiles: there }: Evidence, { lockFiles: here }: Promoted): string[] {
  const any = new Set(Object.values(there));
  return Object.entries(here).flatMap(([stack, sha]) =>
    (Object.hasOwn(there, stack) ? there[stack] === sha : any.has(sha)) ? [] : [stack],
  );
}

function assetCheck(from: string, evidence: Evidence, promoted: Promoted, onlyHere: PromotionTerms["onlyHere"]) {
  const named = new Map(onlyHere.map(({ address, reason }) => [address, reason]));
  const others: string[] = [];
  const excused: string[] = [];
  for (const [address, here] of Object.entries(promoted.assets)) {
    const there = evidence.assets[address];
    if (there !== undefined) {
      if (here.some((sha) => !there.includes(sha))) others.push(`${address} has other code there`);
    } else if (named.has(address)) excused.push(`${address} (${named.get(address)})`);
    else others.push(`${address} is only here; give a reason in rollout.promotion.onlyHere`);
  }
  if (others.length > 0) return failed("assets", others.join(", "));
  const count = Object.keys(promoted.assets).length - excused.length;
  const also = excused.length > 0 ? `; only here, as the environment says: ${excused.join(", ")}` : "";
  return passed("assets", `${count} functions and layers have the code of ${from}${also}`);
}

function alarmCheck(
  from: string,
  evidence: Evidence,
  now: readonly EvidenceAlarm[] | string | undefined,
): PromotionCheck {
  const then = evidence.alarms.filter(({ state }) => state === "ALARM");
  if (then.length > 0)
    return failed("alarms", `were on when it settled: ${named(then)}; find out why, and roll out in ${from} again`);
  if (typeof now === "string") {
    return failed("alarms", `${now} --rely-on-evidence goes by how they were when it settled, and is recorded.`);
  }
  if (now === undefined) {
    return evidence.alarms.some(({ state }) => state === null)
      ? failed("alarms", `were not asked when it settled, so that the evidence alone says nothing of them`)
      : passed("alarms", `not asked now; ${evidence.alarms.length} were not in ALARM when it settled`);
  }
  const on = now.filter(({ state }) => state === "ALARM");
  const seen = new Set(now.map(({ region, name }) => `${region} ${name}`));
  const gone = evidence.alarms.filter(({ region, name }) => !seen.has(`${region} ${name}`));
  if (on.length > 0) return failed("alarms", `in ALARM now: ${named(on)}; wait until ${from} is healthy`);
  if (gone.length > 0) return failed("alarms", `no longer there: ${named(gone)}; roll out in ${from} again`);
  return passed("alarms", `none of ${now.length} in ${from} is in ALARM`);
}

const named = (alarms: readonly EvidenceAlarm[]): string =>
  alarms.map(({ name, region }) => `${name} in ${region}`).join(", ");
