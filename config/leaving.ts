import { z } from "zod";
import type { Leaving } from "../contract";

const texts = z.array(z.string()).catch([]);

/** What is read of an environment, whatever else is wrong in it. */
const leavingOnly = z
  .looseObject({
    name: z.string().catch(""),
    regions: z.looseObject({ standby: texts, leaving: texts }).catch({ standby: [], leaving: [] }),
    leavingStacks: texts,
  })
  .catch({ name: "", regions: { standby: [], leaving: [] }, leavingStacks: [] });

/** What leaves an environment; gates ask for it, whom other mistakes in the file must not stop. @param environment of any shape */
export function leavingOf(environment: unknown): Leaving {
  const { name, regions: at, leavingStacks } = leavingOnly.parse(environment);
  const regions = at.leaving.filter((region) => !at.standby.includes(region));
  const stacks = [...regions.map((region) => `services-${region}`), ...leavingStacks];
  return { regions, stacks: stacks.map((stack) => `${name}-${stack}`) };
}
