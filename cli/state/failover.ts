import { type Accepted, type Compared, compared, inTheWay } from "./compare";
import { fence, isFenced, unfence } from "./fence";
import type { BucketName, StatePair } from "./pair";
import { otherName } from "./pair";
import { type BucketView, type LostBucket, type StoredLock, viewOf } from "./view";

/** A lock that is in the way, and the bucket that it is in. */
export interface LockInTheWay extends StoredLock {
  /** Name of the stack; `rollout` for the lock of a rollout. */
  readonly of: string;
  readonly region: string;
}

/** What a failover of states found, and did. */
export interface FailoverResult {
  readonly from: BucketName;
  readonly to: BucketName;
  /** Why the bucket to leave cannot be reached; null if it can. */
  readonly lost: string | null;
  readonly stacks: readonly Compared[];
  /** Those that are in the way. */
  readonly refused: readonly Compared[];
  readonly locks: readonly LockInTheWay[];
  /** Whether the bucket to leave denies to write states now. */
  readonly fenced: boolean;
}

/**
 * Fences the bucket to leave, compares the states in both, and opens the bucket to go to. What is in the way is returned, and the fence
 * taken back then. Which bucket is worked with is not changed here.
 * @param accepted stacks with a serial that is gone on with although a later one may be lost
 * @throws AwsRefusedError where the bucket to go to cannot be reached, or one of them refuses
 */
export async function failOver(
  environment: string,
  pair: StatePair,
  to: BucketName,
  accepted: Accepted,
): Promise<FailoverResult> {
  const from = otherName(to);
  const [source, target] = [pair[from], pair[to]];
  const look = async (): Promise<Omit<FailoverResult, "fenced">> => {
    const [here, there] = [
      await viewOf(source, environment),
      await target.keys().then(() => viewOf(target, environment)),
    ];
    if (!there.reachable) throw new Error(there.why);
    const stacks = compared(here, there);
    const locks = [...locksIn(here, source.place.region), ...locksIn(there, target.place.region)];
    const refused = inTheWay(stacks, accepted, pair.active === to, !here.reachable);
    return { from, to, lost: here.reachable ? null : here.why, stacks, refused, locks };
  };
  const isClear = ({ refused, locks }: Omit<FailoverResult, "fenced">): boolean => refused.length + locks.length === 0;
  const first = await look();
  if (!isClear(first)) return { ...first, fenced: false };
  if (first.lost !== null) {
    await unfence(target);
    return { ...first, fenced: false };
  }
  const wasFenced = isFenced(await source.policy(), source.place.keyPrefix);
  await fence(source);
  // Looked at again behind the fence: what was written or locked in between is seen now, and nothing comes after it.
  const second = await look();
  if (isClear(second)) {
    await unfence(target);
    return { ...second, fenced: second.lost === null };
  }
  if (!wasFenced) await unfence(source);
  return { ...second, fenced: wasFenced };
}

function locksIn(view: BucketView | LostBucket, region: string): LockInTheWay[] {
  return view.reachable ? [...view.locks].map(([of, lock]) => ({ of, region, ...lock })) : [];
}
