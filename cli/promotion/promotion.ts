import type { EnvironmentDefinition } from "../../config";
import type { BaseEnvironment } from "../../contract";
import { isUserError } from "../../errors";
import {
  alarmsOf,
  type Bundle,
  type Evidence,
  type EvidenceAlarm,
  type PromotionCheck,
  partsOf,
  promotionChecks,
} from "../../rollout";
import { type AlarmAsking, alarmStates } from "../aws/alarms";
import { note } from "../note";
import { credentialsOf } from "./credentials";
import { evidenceStoreOf, readEvidence, writeEvidence } from "./evidence-store";

export interface PromotionOptions {
  /** File with evidence, in place of what is beside the states of the other environment. */
  readonly evidence?: string;
  /** File to write the evidence of this rollout to, beside where it always goes. */
  readonly writeEvidence?: string;
  /** Go by how alarms were when the other environment settled, and do not ask how they are. */
  readonly relyOnEvidence?: boolean;
}

type Promotion = NonNullable<BaseEnvironment["rollout"]["promotion"]>;

/** What an environment asks before it is rolled out, and how that is. */
export interface PromotionReport {
  readonly from: string;
  readonly passed: boolean;
  /** ISO 8601; null where nothing of these files has settled. */
  readonly settledAt: string | null;
  readonly reliedOnEvidence: boolean;
  readonly checks: readonly PromotionCheck[];
}

/** A report, with the evidence that it is about. */
export interface Promoted {
  readonly report: PromotionReport;
  readonly evidence: Evidence | undefined;
}

/**
 * Compares a bundle with the evidence of the environment that it is to be promoted from.
 * @param source that environment
 * @param output where the bundle is unpacked
 * @throws EvidenceError; AwsRefusedError where evidence cannot be read
 */
export async function promotionOf(
  source: EnvironmentDefinition,
  promotion: Promotion,
  { about }: Pick<Bundle, "about">,
  output: string,
  options: PromotionOptions,
): Promise<Promoted> {
  const { from } = promotion;
  const evidence = await evidenceFor(source, promotion, about.tree, options.evidence);
  const reliedOnEvidence = options.relyOnEvidence ?? false;
  const alarms = reliedOnEvidence || !evidence ? undefined : await askedAlarms(source, promotion, evidence);
  const promoted = { ...partsOf(output, about.environment), ...about };
  const checks = promotionChecks(promotion, evidence, promoted, alarms);
  const passed = checks.every((one) => one.passed);
  return { report: { from, passed, settledAt: evidence?.settledAt ?? null, reliedOnEvidence, checks }, evidence };
}

async function evidenceFor(
  source: EnvironmentDefinition,
  { readBy }: Promotion,
  tree: string | null,
  file: string | undefined,
): Promise<Evidence | undefined> {
  if (file !== undefined) return readEvidence(file);
  if (tree === null) return undefined;
  const credentials = await credentialsOf(readBy, source.parse().regions.home);
  return evidenceStoreOf(source, credentials).read(tree);
}

/** The alarms of some evidence as they are now; why they could not be asked otherwise. */
async function askedAlarms(
  source: EnvironmentDefinition,
  { readBy }: Promotion,
  { alarms }: Evidence,
): Promise<EvidenceAlarm[] | string> {
  const { account, regions } = source.parse();
  const names = new Map<string, string[]>();
  for (const { region, name } of alarms) names.set(region, [...(names.get(region) ?? []), name]);
  try {
    return await alarmsNow(names, { account, credentials: await credentialsOf(readBy, regions.home) });
  } catch (error) {
    if (!isUserError(error)) throw error;
    return error.message;
  }
}

/**
 * Writes down that a rollout has settled. Nothing is written for files that no commit has.
 * @param output where its bundle is unpacked
 * @returns where it is; null where nothing was written
 */
export async function settled(
  environment: EnvironmentDefinition,
  { about, digest }: Pick<Bundle, "about" | "digest">,
  output: string,
  promoted: Promoted | undefined,
  options: PromotionOptions,
): Promise<string | null> {
  const { name, commit, tree, dirty } = { ...about, name: environment.name };
  if (commit === null || tree === null || dirty) {
    note(`No evidence of this rollout is kept: it was planned from files that no commit has.`);
    return null;
  }
  const { versions } = about;
  const { evidence: from, report } = promoted ?? {};
  const evidence: Evidence = {
    format: 1,
    environment: name,
    bundle: digest,
    commit,
    tree,
    settledAt: new Date().toISOString(),
    versions,
    ...partsOf(output, name),
    alarms: await settledAlarms(environment, output),
    promotedFrom:
      from && report
        ? { environment: from.environment, bundle: from.bundle, reliedOnEvidence: report.reliedOnEvidence }
        : null,
  };
  if (options.writeEvidence !== undefined) writeEvidence(options.writeEvidence, evidence);
  return evidenceStoreOf(environment).write(evidence);
}

async function settledAlarms(environment: EnvironmentDefinition, output: string): Promise<EvidenceAlarm[]> {
  const names = alarmsOf(output);
  try {
    return await alarmsNow(names, { account: environment.parse().account });
  } catch (error) {
    if (!isUserError(error)) throw error;
    note(`The evidence has alarms without their states: ${error.message}`);
    return [...names].flatMap(([region, all]) => all.map((name) => ({ region, name, state: null })));
  }
}

/** The states of alarms, given by region. */
export async function alarmsNow(
  names: ReadonlyMap<string, readonly string[]>,
  asking: AlarmAsking,
): Promise<EvidenceAlarm[]> {
  const found: EvidenceAlarm[] = [];
  for (const [region, all] of names)
    for (const { name, state } of await alarmStates(region, all, asking)) found.push({ region, name, state });
  return found;
}

/** How a promotion stands while it is planned: not yet, or settled when; undefined where none is asked. */
export async function promotionState(
  environment: EnvironmentDefinition,
  find: (name: string) => EnvironmentDefinition,
  source: { readonly tree: string | null; readonly dirty: boolean },
): Promise<{ from: string; settledAt: string | null; says: string } | null> {
  const { promotion } = environment.parse().rollout;
  if (!promotion) return null;
  const { from } = promotion;
  if (source.tree === null || source.dirty) {
    return { from, settledAt: null, says: "planned from files that no commit has, which cannot be promoted" };
  }
  try {
    const evidence = await evidenceFor(find(from), promotion, source.tree, undefined);
    const settledAt = evidence?.settledAt ?? null;
    return {
      from,
      settledAt,
      says: settledAt === null ? `not settled in ${from} yet` : `settled in ${from} ${settledAt}`,
    };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { from, settledAt: null, says: `the evidence of ${from} could not be read; the log says why` };
  }
}
