import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../rollout";

/** The time of this machine. */
export const realClock: Clock = {
  now: () => Date.now(),
  wait: async (ms, signal) => void (await delay(ms, undefined, { signal })),
};
