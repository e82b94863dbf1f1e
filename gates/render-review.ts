import type { Violation } from "../contract/gate";
import { paragraphs, type Screen } from "../output";
import { describeAccepted, describeAcknowledgeable, describeUnused } from "./acknowledgements";
import { renderViolations } from "./render-violations";
import type { FilesReview } from "./review-plan-files";

/** What the gates say of plans: what is accepted and why, acknowledgements that are not needed, and every violation. */
export function renderReview({ violations, accepted, unused }: FilesReview, screen: Screen): string {
  const notes = inParagraphs([...describeAccepted(accepted), ...describeUnused(unused)], screen);
  return [...notes, renderRefused(violations, screen)].join("\n");
}

/** Every violation, and the entries that would make those acceptable that can be. */
export const renderRefused = (violations: readonly Violation[], screen: Screen): string =>
  [renderViolations(violations, screen), ...inParagraphs(describeAcknowledgeable(violations), screen)].join("\n");

const inParagraphs = (lines: readonly string[], screen: Screen): string[] =>
  lines.map((line) => paragraphs(line, screen));
