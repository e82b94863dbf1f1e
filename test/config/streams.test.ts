import prod from "../../environments/prod";
import { type Loose, mistakesOf as mistakesOfBase, serviceOf } from "../support/mistakes";

const mistakesOf = (change: (environment: Loose) => void): string[] => mistakesOfBase(change, prod);
const picking = (environment: Loose): Loose => serviceOf(environment, "picking");
const stream = (environment: Loose): Loose => picking(environment).streams.shipments;
const round = (environment: Loose): Loose => picking(environment).schedules["morning-round"];
const harmless = { reason: "writes what the item says, whatever was there" };
const account = "444444444444";
const existing = (streamArns?: object) => ({
  name: "theirs",
  arns: Object.fromEntries(
    ["eu-west-1", "eu-central-1"].map((region) => [region, `arn:aws:dynamodb:${region}:${account}:table/theirs`]),
  ),
  ...(streamArns && { streamArns }),
});
const streamIn = (region: string) =>
  `arn:aws:dynamodb:${region}:${account}:table/theirs/stream/2026-01-01T00:00:00.000`;

/** What is wrong, how it comes about, and how the message begins. */
const mistakes: readonly (readonly [what: string, change: (environment: Loose) => void, message: string])[] = [
  [
    "a stream of a table that nobody declares",
    (one) => {
      picking(one).streams = { parcels: stream(one) };
    },
    "services[4].streams.parcels: is not a table of this environment; use one of orders, shipments, handled-events, or declare it under tables",
  ],
  [
    "a stream of a table that is there already and tells none",
    (one) => {
      one.existingTables = [existing({ "eu-west-1": streamIn("eu-west-1") })];
      picking(one).streams = { theirs: stream(one) };
    },
    "services[4].streams.theirs: is there already, and its stream in eu-central-1 is not known; name it in its streamArns",
  ],
  [
    "the ARN of something else for a stream",
    (one) => {
      one.existingTables = [existing({ "eu-west-1": `arn:aws:dynamodb:eu-west-1:${account}:table/theirs` })];
    },
    "existingTables[0].streamArns.eu-west-1: is not the ARN of a stream",
  ],
  [
    "a stream of another table, or of another region",
    (one) => {
      one.existingTables = [existing({ "eu-west-1": streamIn("eu-central-1") })];
    },
    "existingTables[0].streamArns.eu-west-1: is in eu-central-1; use the one in eu-west-1",
  ],
  [
    "a stream of a table beside the one that is named",
    (one) => {
      one.existingTables = [existing({ "eu-west-1": streamIn("eu-west-1").replace("theirs", "others") })];
    },
    "existingTables[0].streamArns.eu-west-1: is not a stream of the table in arns",
  ],
  [
    "a second reader of a replicated table without a reason",
    (one) => {
      serviceOf(one).streams = { shipments: { idempotency: harmless } };
    },
    "services[4].streams.shipments: is read by orders already, and AWS advises one reader for a table with replicas",
  ],
  [
    "three readers, whatever the reason",
    (one) => {
      const shared = { idempotency: harmless, sharedReason: "two teams need the same changes" };
      for (const name of ["orders", "ledger"]) serviceOf(one, name).streams = { shipments: shared };
      stream(one).sharedReason = "two teams need the same changes";
    },
    "services[4].streams.shipments: is read by orders and ledger already, and DynamoDB throttles more than 2 readers",
  ],
  [
    "the stream of the table that remembers",
    (one) => {
      picking(one).streams = { "handled-events": { idempotency: harmless } };
    },
    "services[4].streams.handled-events: remembers what was handled, so that handling a change would be the next change",
  ],
  [
    "a stream without a table that remembers, or a reason",
    (one) => {
      delete stream(one).idempotency.table;
    },
    "services[4].streams.shipments.idempotency.table: is required, as Lambda reads a stream at least once",
  ],
  [
    "a table of idempotency that each region asks for itself",
    (one) => {
      picking(one).tables["handled-events"].homeReplica = false;
    },
    "services[4].streams.shipments.idempotency.table: is asked by each region in its own replica",
  ],
  [
    "an alarm on failed changes that the stream no longer has",
    (one) => {
      picking(one).function.alarms = { deadLetterAgeSeconds: 43_201 };
    },
    "services[4].function.alarms.deadLetterAgeSeconds: leaves too little of the 24 hours",
  ],
  [
    "a position that loses changes with a region",
    (one) => {
      Object.assign(stream(one), { startingPosition: "LATEST", consumedIn: "active-region" });
    },
    "services[4].streams.shipments.startingPosition: loses the changes",
  ],
  [
    "a schedule that Scheduler cannot read",
    (one) => {
      round(one).expression = "every morning";
    },
    "services[4].schedules.morning-round.expression: is not a schedule expression",
  ],
  [
    "a schedule without a table that remembers, or a reason",
    (one) => {
      delete round(one).idempotency.table;
    },
    "services[4].schedules.morning-round.idempotency.table: is required, as EventBridge Scheduler calls at least once",
  ],
  [
    "a schedule that remembers in a table that the service does not write",
    (one) => {
      round(one).idempotency.table = "orders";
    },
    "services[4].schedules.morning-round.idempotency.table: is not a table that the service reads and writes",
  ],
  [
    "a promise that waits for a deployment",
    (one) => {
      stream(one).consumedIn = "active-region";
    },
    "services[4].recovery.recoveryTimeSeconds: cannot be met by streams shipments: assumed time until another region is named",
  ],
  [
    "a promise about occurrences that are missed",
    (one) => {
      round(one).runsIn = "active-region";
    },
    "services[4].recovery.recoveryPointSeconds: cannot be met by schedules morning-round",
  ],
  [
    "a promise about messages that wait in a lost region",
    (one) => {
      serviceOf(one).sends = { "orders-to-pick": {} };
    },
    "services[4].recovery.recoveryPointSeconds: cannot be met by queues orders-to-pick: alarmThresholds.oldestMessageSeconds 900",
  ],
];

describe("Streams and schedules of services", () => {
  test.each(mistakes)("cannot have %s", (_, change, message) => {
    expect(mistakesOf(change)).toContainEqual(expect.stringContaining(message));
  });

  test("are right as they stand in prod, and with the stream of a table that is there already", () => {
    expect(mistakesOf(() => {})).toEqual([]);
    const change = (one: Loose): void => {
      const streams = Object.fromEntries(["eu-west-1", "eu-central-1"].map((region) => [region, streamIn(region)]));
      one.existingTables = [existing(streams)];
      picking(one).streams = { theirs: stream(one) };
    };
    expect(mistakesOf(change)).toEqual([]);
  });

  test("have two readers where there is a reason, or no replica", () => {
    const second = (reason?: string) => (one: Loose) => {
      serviceOf(one).streams = { shipments: { idempotency: harmless, consumedIn: "every-region" } };
      if (reason !== undefined) stream(one).sharedReason = reason;
    };
    expect(mistakesOf(second("the second team counts parcels"))).toEqual([]);
    const alone = (one: Loose): void => {
      second()(one);
      one.regions = { home: "eu-west-1" };
    };
    expect(mistakesOf(alone).filter((mistake) => mistake.includes("streams"))).toEqual([]);
  });
});
