import { z } from "zod";
import type { EnvironmentDefinition } from "../../config";
import { stageCosts } from "../../costs";
import { totalsOf } from "../commands/cost";
import { recoveryOf } from "../commands/recovery";

const usd = z.number();
const seconds = z.number();
const recoveryValues = { recoveryTimeSeconds: seconds, recoveryPointSeconds: seconds };

/** The fields of `evenkeel cost --json` that are compared; whatever else another version prints is left aside. */
const costFields = z.object({
  usd,
  failoverUsd: usd.nullable(),
  services: z.array(z.object({ name: z.string(), usd, failoverUsd: usd.nullable() })),
});

/** Those of `evenkeel recovery --json`. */
const recoveryFields = z.object({
  services: z.array(
    z.object({
      name: z.string(),
      paths: z.array(z.object({ path: z.string(), subject: z.string().nullable(), ...recoveryValues })),
      promised: z.object(recoveryValues).nullable(),
    }),
  ),
});

/** What an environment costs, and how soon its services recover. */
export interface Figures {
  readonly cost: z.output<typeof costFields>;
  readonly recovery: z.output<typeof recoveryFields>;
}

const figures = z.object({ cost: costFields, recovery: recoveryFields });

/** Figures of what verbs of any version print. @throws ZodError if it is something else */
export const figuresOf = (cost: unknown, recovery: unknown): Figures => figures.parse({ cost, recovery });

/** The figures of an environment at its stage, as `cost` and `recovery` print them. */
export const ownFigures = (environment: EnvironmentDefinition): Figures =>
  figuresOf(totalsOf(stageCosts(environment, environment.input.stage)), recoveryOf(environment.name));

/** The figures that `plan` has printed when it wrote a bundle; null if there are none. */
export function figuresOfReview(review: unknown): Figures | null {
  const parsed = z.object({ figures }).safeParse(review);
  return parsed.success ? parsed.data.figures : null;
}
