import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import { isUserError, type UserError } from "../../errors";
import { ConfigError } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { readSynthesizedStacks } from "../../terraform";

/** What became of a mutated environment. */
export interface Judgement {
  readonly outcome: "refused" | "synthesized" | "fault";
  /** What is wrong, for a fault; the first line that the user reads, for a refusal. */
  readonly says?: string;
  /** The same for environments that synthesize to the same. */
  readonly digest?: string;
  /** CPU time of this process, in ms. */
  readonly cpuMs: number;
}

/** CPU time that no environment may take, in ms. */
export const mostCpuMs = 2000;

/** Synthesizes an environment into a folder. @returns the digest of what it synthesizes to */
export function synthesizeInto(folder: string, input: unknown, localStateDirectory: string): string {
  rmSync(folder, { recursive: true, force: true });
  // cdktf creates the last folder of its output path only.
  mkdirSync(folder, { recursive: true });
  const deployment = defineEnvironment(input as EnvironmentInput).resolve({ withoutVault: true, localStateDirectory });
  const app = new App({ outdir: folder, stackTraces: false });
  buildStacks(app, deployment);
  app.synth();
  const hash = createHash("sha256");
  for (const { name, terraform } of readSynthesizedStacks(folder))
    hash.update(`${name}\0${JSON.stringify(terraform)}\0`);
  return hash.digest("hex").slice(0, 32);
}

/** Resolves and synthesizes an environment in this process. */
export function judge(input: unknown, folder: string): Judgement {
  const first = judgedOnce(input, folder);
  // Once more, because the time of one may be that of a busy machine, or of tidying up after those before it.
  const result = first.cpuMs > mostCpuMs ? judgedOnce(input, folder) : first;
  if (result.cpuMs <= mostCpuMs || result.outcome === "fault") return result;
  return { ...result, outcome: "fault", says: `takes more than ${mostCpuMs} ms of CPU time` };
}

function judgedOnce(input: unknown, folder: string): Judgement {
  const before = process.cpuUsage();
  const judged = (): Omit<Judgement, "cpuMs"> => {
    try {
      return { outcome: "synthesized", digest: synthesizeInto(folder, input, ".evenkeel/state") };
    } catch (error) {
      return refusal(error);
    }
  };
  const result = judged();
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuMs: Math.round((user + system) / 1000) };
}

function refusal(error: unknown): Omit<Judgement, "cpuMs"> {
  const text = error instanceof Error ? error.message : String(error);
  if (!isUserError(error)) {
    const stack = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
    return {
      outcome: "fault",
      says: `is no message for users: ${text.slice(0, 200)} ${stack.slice(0, 2).join(" ").trim()}`,
    };
  }
  const wrong = messageFault(error, text);
  return wrong === undefined
    ? { outcome: "refused", says: text.split("\n").slice(0, 2).join(" ").slice(0, 300) }
    : { outcome: "fault", says: `${wrong}: ${text.slice(0, 300)}` };
}

/** What a message lacks that the user needs. */
function messageFault(error: UserError, text: string): string | undefined {
  if (/^\s+at .*:\d+:\d+/m.test(text)) return "shows a stack trace";
  if (text.split("\n").length > 60) return "is too long to read";
  if (!(error instanceof ConfigError)) return /; ./.test(text) ? undefined : "does not say what to do";
  for (const { path, message, received } of error.issues) {
    if (!/.; ./.test(message)) return `does not say what to do at ${path}`;
    if (received === "" || received.length > 120) return `does not show what was received at ${path}`;
  }
  const paths = error.issues.map(({ path, message }) => `${path}\0${message}`);
  return new Set(paths).size < paths.length ? "tells a mistake twice" : undefined;
}
