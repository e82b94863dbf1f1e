import { isAccount } from "../../config";
import { ConfigError } from "../../modules/core";
import { ScaffoldError, setActiveState } from "../../scaffold";
import type { Outcome } from "../document";
import { stateFailoverDocument } from "../documents/state-failover";
import project from "../project";
import type { Accepted } from "../state/compare";
import { failOver } from "../state/failover";
import { type BucketName, otherName, requirePair, type StatePair } from "../state/pair";
import { step } from "../step";

export interface StateFailoverOptions {
  /** Region of the bucket to go to. */
  readonly to: string;
  /** `<stack>=<serial>`, once for each stack. */
  readonly acceptLag?: readonly string[];
  /** Change the field in the file of the environment too. */
  readonly write?: boolean;
}

/**
 * Goes from one bucket of states to the other: compares serials and lineages, fences the bucket to leave, opens the other one, and says
 * which field to change.
 * @returns exit code 1 where something is in the way, and nothing was changed
 * @throws OneBucketError; ConfigError for another region; AwsRefusedError
 */
export async function stateFailover(name: string, options: StateFailoverOptions): Promise<Outcome> {
  const environment = project.findDeployable(name);
  const pair = requirePair(environment);
  const to = bucketIn(pair, options.to);
  const accepted = acceptedOf(name, options.acceptLag ?? []);
  const result = await step("Comparing states", () => failOver(name, pair, to, accepted));
  const done = result.refused.length + result.locks.length === 0;
  const file = `${isAccount(environment) ? "accounts" : "environments"}/${name}.ts`;
  const isSet = pair.active === to;
  const byHand = done && !isSet && options.write ? writeField(file, to) : null;
  const placeOf = (of: BucketName) => ({ bucket: pair[of].place.bucket, region: pair[of].place.region });
  return stateFailoverDocument.outcome(
    {
      environment: name,
      from: placeOf(otherName(to)),
      to: placeOf(to),
      done,
      lost: result.lost,
      fenced: result.fenced,
      stacks: result.stacks.map((one) => ({ ...one, refused: result.refused.includes(one) })),
      locks: result.locks.map(({ of, region, id, who, since }) => ({ of, region, id, who, since })),
      field: {
        file,
        name: "state.active",
        value: to,
        written: isSet || (done && options.write === true && byHand === null),
        byHand,
      },
      fences: fencesFor(pair, to),
    },
    done ? 0 : 1,
  );
}

/** What the stack of the buckets has to say, so that its next deployment leaves the fence alone. */
function fencesFor(pair: StatePair, to: BucketName): { region: string; keyPrefix: string } {
  const { region, keyPrefix } = pair[otherName(to)].place;
  return { region, keyPrefix };
}

function bucketIn(pair: StatePair, region: string): BucketName {
  const found = (["primary", "secondary"] as const).find((name) => pair[name].place.region === region);
  if (found) return found;
  const regions = [pair.primary, pair.secondary].map(({ place }) => place.region);
  throw new ConfigError("--to", [
    { path: "--to", message: `is no region with a bucket of states; use ${regions.join(" or ")}`, received: region },
  ]);
}

/** @throws ConfigError for what is no stack with a serial */
function acceptedOf(environment: string, given: readonly string[]): Accepted {
  return new Map(
    given.map((text): [string, number] => {
      const [, stack = "", serial = ""] = /^([a-z0-9-]+)=(\d+)$/.exec(text) ?? [];
      if (stack !== "")
        return [stack.startsWith(`${environment}-`) ? stack : `${environment}-${stack}`, Number(serial)];
      const message = "is no stack with a serial; write <stack>=<serial>, with the serial that the message names";
      throw new ConfigError("--accept-lag", [{ path: "--accept-lag", message, received: text }]);
    }),
  );
}

/** @returns what to write by hand, where the file does not write out its state; null once it is written */
function writeField(file: string, active: BucketName): string | null {
  try {
    setActiveState(process.cwd(), file, active);
    return null;
  } catch (error) {
    if (error instanceof ScaffoldError) return error.message;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return `there is no ${file}`;
    throw error;
  }
}
