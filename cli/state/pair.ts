import { type Deployable, isAccount } from "../../config";
import { type S3State, s3StateConfig, stateBuckets } from "../../contract";
import { UserError } from "../../errors";
import { type BucketPlace, StateBucketClient } from "./bucket";

/** An environment keeps its states in one place only. */
export class OneBucketError extends UserError {
  override readonly name = "OneBucketError";
}

export type BucketName = "primary" | "secondary";

/** The two buckets of an environment. */
export interface StatePair {
  readonly primary: StateBucketClient;
  readonly secondary: StateBucketClient;
  /** The one that is worked with. */
  readonly active: BucketName;
}

export const otherName = (name: BucketName): BucketName => (name === "primary" ? "secondary" : "primary");

/** The two buckets of an environment or account; undefined where it has one, or local states. Read without the rest of its file. */
export function statePairOf(environment: Deployable): StatePair | undefined {
  const { account, state } = isAccount(environment) ? environment.input : environment.stated;
  const read = s3StateConfig.safeParse(state);
  return read.success && account !== undefined ? pairOf(read.data, account) : undefined;
}

/** The two buckets of a state; undefined where it has one. */
export function pairOf(state: S3State, account: string): StatePair | undefined {
  const { primary, secondary } = stateBuckets(state);
  if (!secondary) return undefined;
  const { keyPrefix, active = "primary" } = state;
  const client = (of: typeof primary): StateBucketClient => {
    const place: BucketPlace = { ...of, keyPrefix, account };
    return new StateBucketClient(place);
  };
  return { primary: client(primary), secondary: client(secondary), active };
}

/** @throws OneBucketError saying how to get a second bucket */
export function requirePair(environment: Deployable): StatePair {
  const pair = statePairOf(environment);
  if (pair) return pair;
  throw new OneBucketError(
    `${environment.name}: its state has no second bucket, so that there is nothing to compare and nowhere to go; state one as state.secondary (docs/how-to/keep-state-in-two-regions.md).`,
  );
}
