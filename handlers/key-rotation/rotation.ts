import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
  type RotationsListEntry,
} from "@aws-sdk/client-kms";
import { metricLine, type WriteLine } from "../../runtime/observability/metrics.js";
import { KeyRotationError } from "./rotation-error.js";
import type { WatchedKey } from "./watched-keys.js";

/** What an operator invokes the function with; the key may be left out where there is one only. */
export interface RotateEvent {
  readonly action: "rotate";
  /** Name of the key's alias, without `alias/`. */
  readonly key?: string;
}

/** What the schedule invokes it with. */
export interface CheckEvent {
  readonly action: "check";
}

/** The outcome of asking for a rotation. */
export interface RotationAnswer {
  readonly key: string;
  /** `in-progress` and `recent`: nothing was done, because a rotation runs, or was done a moment ago. */
  readonly outcome: "started" | "in-progress" | "recent";
  /** When the last rotation was completed or begun: UTC, ISO 8601; absent before the first. */
  readonly lastRotation?: string;
  /** Rotations on demand so far, this one included; KMS allows a limited number for the life of a key. */
  readonly onDemandRotations: number;
}

/** The options of {@link rotate} and {@link check}. */
export interface RotationOptions {
  /** In the region of the primary keys, the only one where KMS rotates them. */
  readonly client: KMSClient;
  readonly keys: readonly WatchedKey[];
  /** Time after a rotation during which no other one is started, in milliseconds. */
  readonly pauseMs: number;
  readonly writeMetric: WriteLine;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const dayMs = 86_400_000;

/**
 * Rotates a key on demand, unless that was just done. So invoking it twice is harmless, which matters because KMS limits
 * how often a key can be rotated on demand.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-on-demand.html
 */
export async function rotate({ key: name }: RotateEvent, options: RotationOptions): Promise<RotationAnswer> {
  const { client, now = Date.now, pauseMs } = options;
  const key = chosen(name, options.keys);
  return explained(key, async () => {
    const { OnDemandRotationStartDate: begun } = await client.send(new GetKeyRotationStatusCommand({ KeyId: key.arn }));
    const rotations = await completed(client, key);
    const last = latest(rotations);
    const onDemandRotations = rotations.filter(({ RotationType }) => RotationType === "ON_DEMAND").length;
    const answer = { key: key.name, lastRotation: (begun ?? last)?.toISOString(), onDemandRotations };
    if (begun) return { ...answer, outcome: "in-progress", onDemandRotations: onDemandRotations + 1 };
    if (last && now() - last.getTime() < pauseMs) return { ...answer, outcome: "recent" };
    await client.send(new RotateKeyOnDemandCommand({ KeyId: key.arn }));
    return {
      ...answer,
      outcome: "started",
      lastRotation: new Date(now()).toISOString(),
      onDemandRotations: onDemandRotations + 1,
    };
  });
}

/**
 * Reports, for each key, the days since its last rotation (since its creation, if it never rotated) and whether automatic
 * rotation is on. A key that cannot be read does not stop the others from being reported.
 * @throws KeyRotationError that names all keys that cannot be read
 */
export async function check({ client, keys, writeMetric, now = Date.now }: RotationOptions): Promise<void> {
  const results = await Promise.allSettled(
    keys.map((key) =>
      explained(key, async () => {
        const { KeyRotationEnabled } = await client.send(new GetKeyRotationStatusCommand({ KeyId: key.arn }));
        const since = latest(await completed(client, key)) ?? (await madeAt(client, key));
        const days = Math.max(0, (now() - since.getTime()) / dayMs);
        writeMetric(
          metricLine({
            namespace: "Evenkeel/Keys",
            dimensions: { Key: key.name },
            metrics: {
              DaysSinceRotation: { value: days, unit: "None" },
              RotationEnabled: { value: KeyRotationEnabled ? 1 : 0, unit: "Count" },
            },
          }),
        );
      }),
    ),
  );
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [String((result.reason as Error).message)] : [],
  );
  if (failures.length > 0) throw new KeyRotationError(failures.join("; "), "the other keys were reported");
}

function chosen(name: string | undefined, keys: readonly WatchedKey[]): WatchedKey {
  const found = name === undefined && keys.length === 1 ? keys[0] : keys.find((key) => key.name === name);
  if (found) return found;
  const problem = name === undefined ? "the event names no key" : "the event names an unknown key";
  throw new KeyRotationError(problem, `set key to one of ${keys.map((key) => key.name).join(", ")}`);
}

/**
 * All completed rotations, automatic ones too.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html
 */
async function completed(client: KMSClient, { arn }: WatchedKey): Promise<RotationsListEntry[]> {
  const rotations: RotationsListEntry[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(new ListKeyRotationsCommand({ KeyId: arn, Limit: 1000, Marker: marker }));
    rotations.push(...(page.Rotations ?? []));
    marker = page.Truncated ? page.NextMarker : undefined;
  } while (marker !== undefined);
  return rotations;
}

function latest(rotations: readonly RotationsListEntry[]): Date | undefined {
  const times = rotations.flatMap(({ RotationDate }) => (RotationDate ? [RotationDate.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

async function madeAt(client: KMSClient, { arn }: WatchedKey): Promise<Date> {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: arn }));
  if (KeyMetadata?.CreationDate) return KeyMetadata.CreationDate;
  throw new KeyRotationError("KMS did not say when the key was created", "look at the key in the console");
}

/** What to do about the errors that KMS documents for a rotation. */
const remedies: Readonly<Record<string, string>> = {
  AccessDeniedException: "check the function's role and the key's policy",
  ConflictException: "a rotation is in progress already; wait for it",
  DisabledException: "enable the key first",
  KMSInvalidStateException: "cancel the deletion of the key, or enable it, first",
  LimitExceededException:
    "the key was rotated on demand as often as KMS allows; leave it to the automatic rotation, or move to another key",
  NotFoundException: "deploy the stack of the keys, then this one",
  UnsupportedOperationException: "rotate in the region of the primary key, if it was moved there",
};

async function explained<T>({ name }: WatchedKey, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeyRotationError) throw new KeyRotationError(`${name}: ${error.message}`, "then try again");
    const kind = error instanceof Error ? error.name : "an unknown error";
    throw new KeyRotationError(`${name}: KMS answered with ${kind}`, remedies[kind] ?? "try again later");
  }
}
