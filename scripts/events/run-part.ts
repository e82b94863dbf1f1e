import { setTimeout as delay } from "node:timers/promises";
import { type Draw, drawing } from "../random";
import type { DynamoDb } from "./dynamodb";
import { LambdaFunction } from "./environments";
import { type FaultKind, ownFaultNames, ownFaults } from "./faults";
import { type Count, Ledger, type SentEvent } from "./ledger";
import { Mapping, serveLambda } from "./mapping";
import type { Postgres } from "./postgres";
import { type Moto, type Outgoing, putParameter, Queue } from "./sqs";
import { Warehouse } from "./warehouse";

/** A part of a run, chosen by the seed: events of its own, in queues and tables of its own. */
export interface Part {
  readonly number: number;
  readonly events: number;
  readonly kills: number;
  readonly faults: readonly FaultKind[];
}

/** How a fault went. */
export interface FaultStory {
  readonly kind: FaultKind;
  /** Calls of lists that failed by it. */
  readonly failedCalls: number;
  /** Whether queues were switched off while it lasted, and on again afterwards. */
  readonly paused: boolean;
  readonly resumed: boolean;
  /** The most messages that were in the queues meanwhile. */
  readonly waiting: number;
}

export interface PartResult {
  readonly part: number;
  readonly kills: { readonly workers: number; readonly controllers: number; readonly withEvents: number };
  readonly duplicates: number;
  readonly faults: readonly FaultStory[];
  /** How often faults were injected into the service itself, by place and kind. */
  readonly injected: Readonly<Record<string, number>>;
  readonly count: Count;
  readonly pickLists: number;
  readonly givenUp: number;
  readonly left: number;
  readonly seconds: number;
  /** What the ledger has of events that were handled twice, if there are any. */
  readonly evidence?: readonly string[];
  /** What is not as it has to be. */
  readonly wrong: readonly string[];
}

/** Where a part runs. */
export interface Surroundings {
  readonly moto: Moto;
  readonly dynamoDb: DynamoDb;
  readonly postgres: Postgres;
  /** For what processes write to a disk. */
  readonly folder: string;
  /** The bundles of the service and of what pauses its queues. */
  readonly bundles: { readonly picking: string; readonly pausing: string };
}

/** Times that are minutes in AWS, so that a run does not last a day. */
const timeoutMs = 10_000;
const roundMs = 5_000;
/** The least that the rules of environments allow of a queue that is paused. */
const maxReceiveCount = 10;
/** How long a fault lasts after the queues are off, in milliseconds. */
const pausedMs = [1_000, 2_000, 4_000];
/** The longest that something is waited for that has to happen, in milliseconds. */
const patienceMs = 90_000;

/** Runs a part to its end, and counts. */
export async function runPart(
  part: Part,
  seed: string,
  { moto, dynamoDb, postgres, bundles, folder }: Surroundings,
): Promise<PartResult> {
  const startedAt = Date.now();
  const name = `soak-${process.pid}-${part.number}-${startedAt}`;
  const draw = drawing(`${seed} ${part.number}`);
  const ledger = new Ledger(postgres.client);
  await ledger.begin();
  const tables = { lists: `${name}-lists`, handled: `${name}-handled`, breakers: `${name}-breakers` };
  for (const table of Object.values(tables)) await dynamoDb.createTable(table);
  const queues = [
    new Queue(moto.endpoint, `${name}-messages.fifo`, true),
    new Queue(moto.endpoint, `${name}-messages`, false),
  ];
  for (const queue of queues) await queue.create(maxReceiveCount);
  const warehouse = new Warehouse(ledger);
  const common = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "soak",
    AWS_SECRET_ACCESS_KEY: "soak",
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    CIRCUIT_BREAKERS_TABLE_NAME: tables.breakers,
    ENVIRONMENT: "soak",
    LOG_LEVEL: "ERROR",
  };
  const chaosPath = `/soak/${name}/chaos`;
  const setting = { from: new Date(startedAt - 60_000).toISOString(), minutes: 600, faults: ownFaults };
  await putParameter(moto, `${chaosPath}/faults`, JSON.stringify(setting));
  const injected: Record<string, number> = Object.fromEntries(ownFaultNames.map((each) => [each, 0]));
  const onLine = (line: string) => {
    if (!line.includes('"fault injected"')) return;
    const { at, kind } = JSON.parse(line) as { readonly at: string; readonly kind: string };
    injected[`${at} ${kind}`] = (injected[`${at} ${kind}`] ?? 0) + 1;
  };
  const onGone = (orderIds: readonly string[], beganAt: number) => ledger.ended(orderIds, beganAt);
  const picking = new LambdaFunction({
    file: bundles.picking,
    timeoutMs,
    onGone,
    onLine,
    variables: {
      ...common,
      LOG_LEVEL: "WARN",
      TMPDIR: folder,
      AWS_ENDPOINT_URL_SSM: moto.endpoint,
      CHAOS_SETTINGS_PATH: chaosPath,
      CHAOS_LONGEST_MINUTES: "600",
      SERVICE_NAME: "picking",
      EVENT_BUS_NAME: "orders",
      HOME_REGION: "eu-west-1",
      TABLE_NAME: tables.lists,
      HANDLED_EVENTS_TABLE_NAME: tables.handled,
      WAREHOUSE_URL: await warehouse.start(),
      DEPENDENCY_WAREHOUSE: JSON.stringify({
        endpoints: {},
        failures: { consecutive: 3 },
        openMs: 1_000,
        maxOpenMs: 4_000,
        probeMs: 11_000,
      }),
    },
  });
  const mappings = queues.map(
    (queue, index) => new Mapping(`mapping-${index}`, queue, picking, timeoutMs, draw, onGone),
  );
  const lambda = await serveLambda(mappings, picking);
  const pausing = new LambdaFunction({
    file: bundles.pausing,
    timeoutMs: roundMs,
    onGone,
    variables: {
      ...common,
      SERVICE_NAME: "queue-pausing",
      AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
      LOOK_EVERY_MS: "250",
    },
  });
  const problems: string[] = [];
  let over = false;
  const schedules = mappings.map(async (mapping) => {
    // As the schedule of a queue: one call each round, whatever became of the one before.
    while (!over) {
      const dependencies = [{ name: "warehouse", regions: ["eu-west-1"] }];
      const event = {
        queueName: mapping.queue.name,
        mapping: mapping.uuid,
        functionName: "picking",
        alias: "live",
        reads: true,
        dependencies,
      };
      const nextAt = Date.now() + roundMs / 2;
      await pausing.invoke(event);
      await delay(Math.max(0, nextAt - Date.now()));
    }
  });
  const events = eventsOf(part, name, queues, draw);
  let duplicates = 0;
  const faultsAt = part.faults.map((_, at) => Math.floor(((at + 0.3) / part.faults.length) * part.events * 0.9));
  let begun = 0;
  // What a fault is for is sent once it has begun: otherwise a fast machine has handled everything before.
  const mayBeSent = (place: number) => over || place < (faultsAt[begun] ?? Number.POSITIVE_INFINITY);
  const sending = send(events, queues, ledger, draw, mayBeSent, () => over).then((sent) => {
    duplicates = sent;
  });
  for (const mapping of mappings) mapping.start((error) => problems.push(error.message));
  const kills = { workers: 0, controllers: 0, withEvents: 0 };
  const killAt = Array.from({ length: part.kills }, (_, at) =>
    Math.floor(((at + 0.5) / part.kills) * part.events * 0.9),
  );
  const killing = killer(killAt, ledger, { picking, pausing, draw, kills, isOver: () => over });
  const faults: FaultStory[] = [];
  try {
    for (const [at, kind] of part.faults.entries()) {
      const from = faultsAt[at] ?? 0;
      await reached(async () => (await ledger.effects()) >= from);
      const story = await inject(kind, warehouse, mappings, draw, () => {
        begun = at + 1;
      });
      faults.push(story);
      // What stays paused never ends.
      if (!story.resumed) throw new Error("the part was given up");
    }
    await sending;
    await reached(async () =>
      (await Promise.all(queues.map((queue) => queue.depth()))).every(({ messages }) => messages === 0),
    );
    // Where events are lost, some kills never come.
    await Promise.race([killing, delay(10_000, undefined, { ref: false })]);
  } catch (error) {
    problems.push((error as Error).message);
  }
  over = true;
  await Promise.all(mappings.map((mapping) => mapping.stop()));
  await Promise.all(schedules);
  await picking.stop();
  await pausing.stop();
  await lambda.stop();
  await warehouse.stop();
  const depths = await Promise.all(queues.map((queue) => queue.depth()));
  const counted = {
    part: part.number,
    kills,
    duplicates,
    faults,
    injected,
    count: await ledger.count(),
    pickLists: await dynamoDb.items(tables.lists),
    givenUp: depths.reduce((sum, { givenUp }) => sum + givenUp, 0),
    left: depths.reduce((sum, { messages }) => sum + messages, 0),
    seconds: Math.round((Date.now() - startedAt) / 1000),
  };
  const evidence = counted.count.twice > 0 ? { evidence: await ledger.evidence() } : {};
  return { ...counted, ...evidence, wrong: [...problems, ...wrongOf(part, counted)] };
}

/** Events in groups of about twenty, most of them for the FIFO queue. */
function eventsOf(part: Part, name: string, queues: readonly Queue[], draw: Draw): SentEvent[] {
  const groups = Math.max(4, Math.ceil(part.events / 20));
  const places = new Map<string, number>();
  return Array.from({ length: part.events }, (_, at) => {
    const queue = draw([queues[0], queues[0], queues[1]]) as Queue;
    const group = queue.isFifo ? `group-${draw(Array.from({ length: groups }, (__, index) => index))}` : "";
    const place = places.get(group) ?? 0;
    places.set(group, place + 1);
    return { orderId: `${name}-${at}`, lane: queue.isFifo ? "fifo" : "standard", group, place };
  });
}

/** Sends all events in their order, a twentieth of them twice. @returns how many twice */
async function send(
  events: readonly SentEvent[],
  queues: readonly Queue[],
  ledger: Ledger,
  draw: Draw,
  mayBeSent: (place: number) => boolean,
  isOver: () => boolean,
): Promise<number> {
  let duplicates = 0;
  for (let from = 0; from < events.length && !isOver(); from += 50) {
    while (!mayBeSent(from)) await delay(50);
    const some = events.slice(from, from + 50);
    await ledger.send(some);
    for (const queue of queues) {
      const own = some.filter(({ lane }) => (lane === "fifo") === queue.isFifo);
      const again = own.filter(() => draw([true, ...Array<boolean>(19).fill(false)]));
      duplicates += again.length;
      await queue.send([
        ...own.map((event) => messageOf(event, "first")),
        ...again.map((event) => messageOf(event, "second")),
      ]);
    }
  }
  return duplicates;
}

/** An event as a rule puts it into a queue. */
function messageOf({ orderId, group }: SentEvent, time: string): Outgoing {
  const order = { orderId, customerId: "customer", items: [{ sku: "SKU-1", quantity: 1 }] };
  return {
    body: JSON.stringify({
      id: `${orderId}-${time}`,
      source: "orders",
      "detail-type": "OrderPlaced",
      time: "2026-01-01T00:00:00Z",
      detail: { order, metadata: { eventId: orderId, correlationId: orderId } },
    }),
    groupId: group,
    deduplicationId: `${orderId}-${time}`,
  };
}

interface Victims {
  readonly picking: LambdaFunction;
  readonly pausing: LambdaFunction;
  readonly draw: Draw;
  readonly kills: { workers: number; controllers: number; withEvents: number };
  readonly isOver: () => boolean;
}

/** Kills a process each time that so many events have had their effect. */
async function killer(at: readonly number[], ledger: Ledger, victims: Victims): Promise<void> {
  const { picking, pausing, draw, kills, isOver } = victims;
  for (const effects of at) {
    while ((await ledger.effects()) < effects && !isOver()) await delay(100);
    await delay(draw([0, 5, 10, 20, 40, 80]));
    const isController = draw([false, false, false, true]);
    const had = (isController ? pausing : picking).kill(draw);
    if (had === undefined || isOver()) continue;
    kills[isController ? "controllers" : "workers"] += 1;
    if (had > 0) kills.withEvents += 1;
  }
}

/** Has the warehouse fail until the queues are off, and for a while more; then waits until they are read again. */
async function inject(
  kind: FaultKind,
  warehouse: Warehouse,
  mappings: readonly Mapping[],
  draw: Draw,
  onBegun: () => void,
): Promise<FaultStory> {
  const failedBefore = warehouse.calls.failed;
  warehouse.fault = kind;
  onBegun();
  const paused = await happens(async () => mappings.every(({ state }) => state === "Disabled"));
  await delay(draw(pausedMs));
  const depths = await Promise.all(mappings.map(({ queue }) => queue.depth()));
  warehouse.fault = undefined;
  const resumed = await happens(async () => mappings.every(({ state }) => state === "Enabled"));
  return {
    kind,
    failedCalls: warehouse.calls.failed - failedBefore,
    paused,
    resumed,
    waiting: depths.reduce((sum, { messages }) => sum + messages, 0),
  };
}

async function happens(look: () => Promise<boolean>, withinMs = patienceMs): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (!(await look())) {
    if (Date.now() > until) return false;
    await delay(100);
  }
  return true;
}

/** Waits as long as it takes, as long as a whole part may. */
async function reached(look: () => Promise<boolean>): Promise<void> {
  if (!(await happens(look, 10 * patienceMs))) throw new Error("the part did not come to its end");
}

/** What a part has to be like. */
function wrongOf(part: Part, result: Omit<PartResult, "wrong">): string[] {
  const { count, faults, injected, kills, pickLists, givenUp, left } = result;
  const wrong = (is: boolean, what: string) => (is ? [what] : []);
  return [
    ...wrong(count.sent !== part.events, `${count.sent} of ${part.events} events were sent`),
    ...wrong(count.lost > 0, `${count.lost} events were lost`),
    ...wrong(count.twice > 0, `${count.twice} events were handled twice`),
    ...wrong(count.outOfOrder > 0, `${count.outOfOrder} events overtook another of their group`),
    ...wrong(count.unknown > 0, `${count.unknown} effects are of events that nobody sent`),
    ...wrong(pickLists !== part.events, `there are ${pickLists} pick lists`),
    ...wrong(givenUp > 0, `${givenUp} messages are dead letters`),
    ...wrong(left > 0, `${left} messages are left`),
    ...wrong(
      kills.workers + kills.controllers < part.kills,
      `only ${kills.workers + kills.controllers} processes were killed`,
    ),
    ...wrong(
      Object.values(injected).every((times) => times === 0),
      "no fault was injected into the service itself",
    ),
    ...faults.flatMap(({ kind, paused, resumed }) => [
      ...wrong(!paused, `the queues were not paused by ${kind}`),
      ...wrong(!resumed, `the queues were not resumed after ${kind}`),
    ]),
  ];
}
