import { rmSync } from "node:fs";
import { join } from "node:path";
import { findCheckov } from "../../cli/scan/checkov";
import type { ScanReview } from "../../cli/scan/review";
import { type StackPlan, scanPlans } from "../../cli/scan/scan-plans";
import { type Stage, stages } from "../../config";
import config from "../../evenkeel.config";
import { readAcceptedFindings } from "../../modules/core";
import { planFirstDeployment } from "../../rehearsal";
import { readStackFolders } from "../../terraform";
import { hasCheckov } from "../support/checkov";
import { projectApp } from "../support/project-app";
import { wholeOr } from "../support/whole-proofs";

const minutes = 60_000;
const root = join(".evenkeel", "test", "scan");
/** The last stage has all that the others have. */
const checked = wholeOr(stages, stages.slice(-1));
const environments = wholeOr(
  config.environments.map(({ name }) => name),
  ["prod"],
);

/** What of a review is about one stage; stacks are named after their stages here, as those of all stages are checked at once. */
function atStage(stage: Stage, { failed, accepted, unneeded }: ScanReview) {
  const here = ({ stack }: { readonly stack: string }) => stack.startsWith(`${stage}/`);
  return { failed: failed.filter(here), accepted: accepted.filter(here), unneeded: unneeded.filter(here) };
}

const describeIfChecked = hasCheckov("the scan of every environment at every stage") ? describe : describe.skip;

describeIfChecked.each(environments)("The plans of %s, checked by Checkov", (environment) => {
  const directory = join(root, environment);
  const reviews = new Map<Stage, ReturnType<typeof atStage>>();
  let passed = 0;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    const plans: StackPlan[] = [];
    for (const stage of checked) {
      const planned = await planFirstDeployment({
        app: projectApp,
        environment,
        stage,
        directory: join(directory, stage),
      });
      plans.push(...planned.map((each) => ({ ...each, stack: `${stage}/${each.stack}` })));
    }
    const checkov = await findCheckov({ env: process.env, cwd: process.cwd() });
    // In one run, as Checkov takes longer to start than to check.
    const review = await scanPlans(checkov, plans, { directory: join(directory, "checks"), env: process.env });
    passed = review.passed;
    for (const stage of checked) reviews.set(stage, atStage(stage, review));
  }, 10 * minutes);

  test.each(checked)("have a reason for all that fails, and no reason for what does not, at %s", (stage) => {
    const review = reviews.get(stage);
    expect(review?.failed).toEqual([]);
    expect(review?.unneeded).toEqual([]);
    expect(review?.accepted).not.toEqual([]);
  });

  test("pass most checks", () => {
    const accepted = [...reviews.values()].flatMap((review) => review.accepted);
    process.stderr.write(
      `${environment}, ${checked.length} stages: ${passed} checks pass, ${accepted.length} fail with a reason.\n`,
    );
    expect(passed).toBeGreaterThan(5 * accepted.length);
  });
});

describeIfChecked("The logs of prod", () => {
  test("are kept for a year", () => {
    // A shorter time has a reason in its output.
    const folders = readStackFolders(join(root, "prod", "optimization", "output"));
    const shorter = folders.flatMap(({ folder }) =>
      readAcceptedFindings(folder).filter(({ check }) => check === "CKV_AWS_338"),
    );
    expect(folders.length).toBeGreaterThan(5);
    expect(shorter).toEqual([]);
  });
});
