import { z } from "zod";
import { strictObject } from "../modules/core/strict-object";

/** The rollout stages, lowest first. Promotion goes up one or more of them and never destroys what holds data or keys. */
export const stages = ["foundation", "hardening", "optimization"] as const;

export type Stage = (typeof stages)[number];

/** Whether a text is the name of a stage. */
export function isStage(text: string): text is Stage {
  return (stages as readonly string[]).includes(text);
}

export const stageException = strictObject(() => ({
  enabled: z.boolean().describe("true brings the capability before its stage, false leaves it out, also in advance."),
  reason: z.string().min(15).describe("Why this environment differs, for the next reader; a sentence."),
}));

/** A single capability that is switched on before its stage or off after it. */
export type StageException = z.output<typeof stageException>;

/** The exceptions of an environment, by the name of the capability. */
export type StageExceptions<N extends string = string> = Readonly<Partial<Record<N, StageException>>>;
