import { holdingData } from "../../../gates";
import type { StackPromotion } from "../../../rehearsal";
import { idOf, ownerInWords, type Thing } from "../../../simulator/inventory/thing";
import type { DeploymentError } from "../../../terraform";

/** What was seen when a change was promoted. */
export interface Evidence {
  /** What stood in the simulated cloud before. */
  readonly before: readonly Thing[];
  /** What stands there now. */
  readonly after: readonly Thing[];
  /** Whether something that stands there now was created meanwhile. */
  readonly isNew: (thing: Thing) => boolean;
  /** What the gates said; undefined if the promotion failed. */
  readonly promotions?: readonly StackPromotion[];
  readonly failure?: DeploymentError;
  /** Stacks with changes in a plan after the promotion. */
  readonly unsettled: readonly string[];
  /** Whether the stage is all that changed. */
  readonly stageAlone: boolean;
}

/** What became of a change of a deployed environment. */
export interface PairJudgement {
  readonly outcome: "applied" | "stopped by a gate" | "stopped by the plan" | "fault";
  /** What stopped it, or what is wrong. */
  readonly says?: string;
}

/** Judges a change by what it did in the simulated cloud, and then by what the gates and the driver said of it. */
export function judgePair(evidence: Evidence): PairJudgement {
  const { promotions = [], failure, unsettled, stageAlone } = evidence;
  const fault = (says: string): PairJudgement => ({ outcome: "fault", says });
  const lost = lossesOf(evidence);
  if (lost.length > 0) return fault(`lost, although no gate kept it: ${lost.map(inWords).join(", ")}`);
  if (failure) return judgeFailure(failure.message);
  const violations = promotions.flatMap((one) => one.violations);
  if (violations.length > 0) {
    const says = [...new Set(violations.map(({ rule, address }) => `${rule} ${address}`))].join(", ");
    return stageAlone ? fault(`a gate refuses the next stage: ${says}`) : { outcome: "stopped by a gate", says };
  }
  if (unsettled.length > 0) return fault(`still has changes after it was applied: ${unsettled.join(", ")}`);
  return { outcome: "applied" };
}

/**
 * What held data or keys and is gone or was replaced. It does not matter what gates said, unless an acknowledgement accepted just
 * this: what they refuse is not applied, so it stands there still.
 */
export function lossesOf({ before, after, isNew, promotions = [] }: Evidence): Thing[] {
  const standing = new Map(after.map((thing) => [placeAndId(thing), thing]));
  const accepted = new Set(
    promotions.flatMap((one) => one.accepted.map(({ violation }) => `${one.stack} ${violation.address}`)),
  );
  return before.filter((thing) => {
    if (!holdsData(thing.type)) return false;
    const now = standing.get(placeAndId(thing));
    if (now && !isNew(now)) return false;
    const stack = thing.owner?.folder.split(/[\\/]/).pop();
    return !accepted.has(`${stack} ${thing.owner?.address}`);
  });
}

const holdsData = holdingData();

const placeAndId = ({ type, place: { account, region }, state }: Thing): string =>
  [type, account, region, idOf(state)].join(" ");

const inWords = (thing: Thing): string => `${ownerInWords(thing)} (${idOf(thing.state)})`;

/** What the driver or Terraform itself may say of a plan: each tells the user what to do. */
const documented = [
  // Resources in regions that the configuration no longer has: terraform/missing-providers.ts.
  /Nothing was changed\. Restore /,
  // A condition that the toolkit has written into the output, with what to do after what is wrong.
  /Resource (pre|post)condition failed .*\. \S/,
];

function judgeFailure(message: string): PairJudgement {
  const says = message.replace(/\s+/g, " ");
  if (/ apply .*failed/.test(says.slice(0, 200))) {
    return { outcome: "fault", says: `planned, passed the gates and could not be applied: ${says}` };
  }
  return documented.some((reason) => reason.test(says))
    ? { outcome: "stopped by the plan", says }
    : { outcome: "fault", says: `does not plan, and nothing says what to do: ${says}` };
}
