import type { Violation } from "../contract";
import type { FilesReview } from "../gates";
import type { DocumentData } from "./document";
import type { gateDocument } from "./documents/gate";

type ReviewData = Pick<DocumentData<typeof gateDocument>, "violations" | "accepted" | "unused">;

/** A review as documents have it: a gate of a team's own may have put more into what it found. */
export const reviewData = ({ violations, accepted, unused }: FilesReview): ReviewData => ({
  violations: violations.map(violationData),
  accepted: accepted.map(({ violation, acknowledged }) => ({
    violation: violationData(violation),
    acknowledged: acknowledgedData(acknowledged),
  })),
  unused: unused.map(acknowledgedData),
});

/** A violation as documents have it. */
export const violationData = ({ rule, stack, address, message, howToFix, ...more }: Violation) => {
  const { removes, acknowledgedAs, tool } = more;
  return { rule, stack, address, message, howToFix, removes, acknowledgedAs, tool };
};

const acknowledgedData = ({ rule, stack, address, reason, expires }: FilesReview["unused"][number]) => ({
  rule,
  stack,
  address,
  reason,
  expires,
});
