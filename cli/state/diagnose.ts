import { aliveOf } from "./alive";
import { compared } from "./compare";
import { isFenced } from "./fence";
import { type BucketName, otherName, type StatePair } from "./pair";
import type { BucketView, LostBucket } from "./view";

/** Something about the states of an environment that somebody has to know, and what to do. */
export interface Finding {
  readonly kind:
    | "lost"
    | "lock"
    | "behind"
    | "ahead"
    | "forked"
    | "contested"
    | "orphan"
    | "unreplicated"
    | "open"
    | "fenced"
    | "unfinished";
  /** Whether the doctor ends with 1 for it. */
  readonly serious: boolean;
  /** Name of the stack; null for what is about a bucket. */
  readonly stack: string | null;
  readonly region: string;
  readonly says: string;
  readonly todo: string;
}

/** What the states of an environment are looked at with. */
export interface Patient {
  readonly environment: string;
  readonly pair: StatePair;
  readonly views: Readonly<Record<BucketName, BucketView | LostBucket>>;
  /** Names of the stacks that the environment has. */
  readonly stacks: readonly string[];
}

/** Everything that is not as it should be, what matters most first. */
export function findingsOf(patient: Patient): Finding[] {
  const all = [
    ...lost(patient),
    ...locks(patient),
    ...serials(patient),
    ...orphans(patient),
    ...replication(patient),
    ...fences(patient),
  ];
  return all.sort((one, other) => Number(other.serious) - Number(one.serious));
}

const names: readonly BucketName[] = ["primary", "secondary"];

const lost = ({ environment, pair, views }: Patient): Finding[] =>
  names.flatMap((name): Finding[] => {
    const view = views[name];
    if (view.reachable) return [];
    const { region } = pair[name].place;
    const other = pair[otherName(name)].place.region;
    const todo =
      pair.active === name
        ? `If ${region} does not come back soon: evenkeel state failover ${environment} --to ${other}`
        : "Nothing has to be done: the other bucket is worked with. Look again once the region is back.";
    return [{ kind: "lost", serious: pair.active === name, stack: null, region, says: view.why, todo }];
  });

const locks = ({ environment, pair, views }: Patient): Finding[] =>
  names.flatMap((name) => {
    const view = views[name];
    if (!view.reachable) return [];
    const { region, bucket } = pair[name].place;
    return [...view.locks].map(([of, lock]): Finding => {
      const { alive, why } = aliveOf(of, lock);
      const isRollout = lock.rollout !== undefined;
      const release =
        pair.active === name
          ? `evenkeel unlock ${environment}${isRollout ? "" : ` ${of}`} --lock ${lock.id}`
          : `it is in the bucket that is not worked with, and only in the way of going there; delete s3://${bucket}/${pair[name].keyOf(isRollout ? `${environment}.rollout-lock.json` : `${of}.tfstate.tflock`)}`;
      const todo = {
        running: "Wait for it.",
        gone: `Release it: ${release}`,
        unknown: `Ask who holds it. Once that run is gone: ${release}`,
      }[alive];
      const says = `locked by ${lock.who} since ${lock.since} for ${lock.operation} (${alive}: ${why})`;
      return { kind: "lock", serious: alive !== "running", stack: isRollout ? null : of, region, says, todo };
    });
  });

function serials({ environment, pair, views }: Patient): Finding[] {
  const [active, other] = [views[pair.active], views[otherName(pair.active)]];
  const { region } = pair[otherName(pair.active)].place;
  const here = pair[pair.active].place.region;
  if (!other.reachable) return [];
  const found = compared(active, other).flatMap(({ stack, standing, says }): Finding[] => {
    const finding = { stack, region, says };
    if (standing === "behind") {
      const todo = active.reachable
        ? "Wait until S3 has replicated it. If it stays so, look at unreplicated versions, and at the role and the keys of the replication."
        : `What that serial made is in no state that can be reached. Wait for ${here}; or go on without it by state failover with --accept-lag, and import what it made.`;
      return [{ ...finding, kind: "behind", serious: !active.reachable, todo }];
    }
    if (standing === "ahead") {
      const todo = `Somebody has written in ${region}, or ${here} is not what is worked with. If a failover was done just now, wait until S3 has replicated. Otherwise compare the two states before you apply anything: terraform state pull.`;
      return [{ ...finding, kind: "ahead", serious: true, todo }];
    }
    if (standing === "contested") {
      const todo =
        "Apply nothing. Look at the versions of the object (aws s3api list-object-versions), and make the one with the highest serial the current one (copy-object); or, if that one was given up by --accept-lag, go on with what is on top.";
      return [{ ...finding, kind: "contested", serious: true, todo }];
    }
    if (standing === "forked") {
      const todo = `Two runs have written without knowing of each other. Apply nothing. Compare both states with what exists, keep the one that is right in ${here}, and import what only the other one knows.`;
      return [{ ...finding, kind: "forked", serious: true, todo }];
    }
    return [];
  });
  // What a run has written down over there, although both can be read.
  const unfinished = other.ledger && other.ledger.ended === null && active.reachable ? [other.ledger] : [];
  return [
    ...found,
    ...unfinished.map(
      ({ command, who, begun }): Finding => ({
        kind: "unfinished",
        serious: false,
        stack: null,
        region,
        says: `${command} by ${who} began at ${begun} and is not known to have ended`,
        todo: `It runs, or was killed. The next run that ends writes down the serials anew: evenkeel deploy ${environment}`,
      }),
    ),
  ];
}

const orphans = ({ pair, views, stacks, environment }: Patient): Finding[] => {
  const view = views[pair.active];
  if (!view.reachable) return [];
  const { region } = pair[pair.active].place;
  return [...view.states].flatMap(([stack, { serial, empty }]): Finding[] => {
    if (stacks.includes(stack)) return [];
    const shown = pair[pair.active].shown(pair[pair.active].keyOf(`${stack}.tfstate`));
    return [
      {
        kind: "orphan",
        serious: !empty,
        stack,
        region,
        says: `${environment} has no such stack any more, and its state (serial ${serial}) ${empty ? "manages nothing" : "still manages resources"}`,
        todo: empty
          ? `Delete ${shown} in both buckets, once nobody needs it.`
          : "Bring the stack back and have it leave (docs/how-to/leave-region.md), or take its resources over into another stack.",
      },
    ];
  });
};

const replication = ({ pair, views }: Patient): Finding[] =>
  names.flatMap((name) => {
    const view = views[name];
    if (!view.reachable) return [];
    const { region } = pair[name].place;
    return [...view.states].flatMap(([stack, { replication: status, serial, modified }]): Finding[] => {
      if (status === "FAILED") {
        const todo =
          "S3 does not try again by itself. Look at the role and the keys of the replication, then apply once more, or copy the object onto itself: aws s3 cp.";
        return [
          {
            kind: "unreplicated",
            serious: true,
            stack,
            region,
            says: `serial ${serial} of ${modified} was not replicated: FAILED`,
            todo,
          },
        ];
      }
      if (status === "PENDING") {
        const todo = "Wait: mostly seconds; with Replication Time Control 99.9 % within 15 minutes.";
        return [
          {
            kind: "unreplicated",
            serious: false,
            stack,
            region,
            says: `serial ${serial} of ${modified} is under way: PENDING`,
            todo,
          },
        ];
      }
      return [];
    });
  });

function fences({ environment, pair, views }: Patient): Finding[] {
  const other = otherName(pair.active);
  const fenced = (name: BucketName): boolean | undefined => {
    const view = views[name];
    return view.reachable ? isFenced(view.policy, pair[name].place.keyPrefix) : undefined;
  };
  const { region } = pair[pair.active].place;
  const found: Finding[] = [];
  if (fenced(pair.active)) {
    const todo = `Set state.active of ${environment} to "${other}" if the failover is meant; else take the fence away: evenkeel state failover ${environment} --to ${region}`;
    found.push({
      kind: "fenced",
      serious: true,
      stack: null,
      region,
      says: "the bucket that is worked with is fenced",
      todo,
    });
  }
  // Fencing the other one while this one is lost or fenced would leave nowhere to go.
  if (views[pair.active].reachable && !fenced(pair.active) && fenced(other) === false) {
    const todo = `Fence it: evenkeel state failover ${environment} --to ${region}`;
    const says = "the bucket that is not worked with is not fenced: an old checkout could write there";
    found.push({ kind: "open", serious: false, stack: null, region: pair[other].place.region, says, todo });
  }
  return found;
}
