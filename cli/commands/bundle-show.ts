import { outcomeOf } from "../../gates";
import { BundleFileError } from "../../rollout";
import { countOutcomes, managedChanges, type Plan } from "../../terraform";
import { openBundle } from "../deployment/open-bundle";
import type { Outcome } from "../document";
import { bundleShowDocument } from "../documents/bundle-show";
import { planDocument } from "../documents/plan";
import { type PlanData, rolloutSummary } from "../review/rollout-summary";
import { wavesData } from "../rollout/planned-waves";

export interface BundleShowOptions {
  /** Print the summary for reviewers in place of what the bundle holds. */
  readonly markdown?: boolean;
}

/**
 * Shows what a bundle holds, without values of its plans, after every file of it was compared with its checksum.
 * @throws BundleFileError for a file that is no bundle, or was changed
 */
export async function bundleShow(file: string, { markdown = false }: BundleShowOptions): Promise<Outcome> {
  const { about, digest, encrypted, reviewed, review } = await openBundle(file);
  const { environment, stage, createdAt, commit, tree, dirty, versions, stacks, files } = about;
  const plans = new Map(reviewed.map(({ stack, plan }) => [stack, plan]));
  const outcome = bundleShowDocument.outcome({
    file,
    digest,
    environment,
    stage,
    createdAt,
    commit,
    tree,
    dirty,
    encrypted,
    versions: Object.entries(versions).map(([name, version]) => ({ name, version })),
    stacks: stacks.map((one) => ({
      stack: one.stack,
      hasChanges: one.hasChanges,
      counts: countsOf(plans.get(one.stack)),
      serial: one.state.serial ?? null,
      predictedFrom: one.predictedFrom,
      predicted: [...new Set(one.predicted.map(({ address }) => address))],
    })),
    waves: wavesData(about.waves, reviewed),
    homeFirst: about.homeFirst,
    untouched: about.untouched.map(({ stack, because, state }) => ({ stack, because, serial: state?.serial ?? null })),
    files: Object.keys(files).length,
  });
  if (!markdown) return outcome;
  const summary = rolloutSummary(dataOf(file, review), { limit: Number.POSITIVE_INFINITY }).trimEnd();
  return { ...outcome, text: () => summary };
}

const countsOf = (plan: Plan | undefined) =>
  countOutcomes(
    (plan ? managedChanges(plan) : []).flatMap((change) => {
      const outcome = outcomeOf(change);
      return outcome ? [{ address: change.address, outcome }] : [];
    }),
  );

/** What `plan` has printed when it wrote the bundle. */
function dataOf(file: string, review: unknown): PlanData {
  const { verb, version } = planDocument;
  const parsed = planDocument.schema.safeParse({ ...(review as object), verb, version });
  if (!parsed.success) {
    throw new BundleFileError(
      `${file}: has no summary that this version of evenkeel can read; use the version that it was planned with (\`evenkeel bundle show ${file}\`)`,
    );
  }
  return { ...(parsed.data as unknown as PlanData), bundle: file };
}
