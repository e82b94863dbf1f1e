import type { DriftRule } from "../rule";
import { byHandRules } from "./by-hand";
import { failoverRules } from "./failover";
import { runTimeRules } from "./run-time";
import { scalingRules } from "./scaling";
import { unknownRules } from "./unknown";

/** Every rule, in the order in which they are asked: the first that is about a change sorts it. */
export const driftRules: readonly DriftRule[] = [
  ...failoverRules,
  ...scalingRules,
  ...runTimeRules,
  ...byHandRules,
  ...unknownRules,
];
