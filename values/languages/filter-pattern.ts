import type { Problem } from "../problem";
import { anythingBut, type Comparisons, comparisons } from "./comparison";
import { type PatternDialect, patternText } from "./event-pattern";

const {
  "equals-ignore-case": equalsIgnoreCase,
  exists,
  numeric,
  prefix,
  suffix,
  plainPrefix,
  plainSuffix,
  cidr,
} = comparisons;
const { wildcard } = comparisons;

/** What Lambda and Pipes share. */
const common: Comparisons = {
  "anything-but": anythingBut([]),
  "equals-ignore-case": equalsIgnoreCase,
  exists,
  numeric,
};

const dialects = {
  /** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
  lambda: { comparisons: { ...common, prefix: plainPrefix, suffix: plainSuffix }, longest: 4096, or: true },
  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html */
  pipes: { comparisons: { ...common, prefix, suffix }, longest: 4096, or: true },
  /** @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
  sns: {
    comparisons: {
      "anything-but": anythingBut(["prefix", "suffix", "wildcard"]),
      cidr,
      "equals-ignore-case": equalsIgnoreCase,
      exists,
      numeric,
      prefix: plainPrefix,
      suffix: plainSuffix,
      wildcard,
    },
    longest: 256 * 1024,
    or: true,
  },
} as const satisfies Record<string, PatternDialect>;

/** Who filters by a pattern of this kind: event source mappings of Lambda, Pipes, or subscriptions of SNS. */
export type FilterService = keyof typeof dialects;

/** Which records of a source reach a function, a pipe or a subscription, as JSON; an empty pattern lets all through. */
export function filterPattern(text: string, service: FilterService): Problem | undefined {
  return text.trim() === "{}" ? undefined : patternText(text, dialects[service]);
}
