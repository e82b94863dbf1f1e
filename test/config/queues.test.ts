import prod from "../../environments/prod";
import { type Loose, mistakesOf as mistakesOfBase, serviceOf } from "../support/mistakes";

const mistakesOf = (change: (environment: Loose) => void): string[] => mistakesOfBase(change, prod);
const picking = (environment: Loose): Loose => serviceOf(environment, "picking");
const use = (environment: Loose): Loose => picking(environment).queues["orders-to-pick"];
const queue = (environment: Loose): Loose => environment.queues[0];

/** What is wrong, how it comes about, and how the message begins. */
const mistakes: readonly (readonly [what: string, change: (environment: Loose) => void, message: string])[] = [
  [
    "a queue that nobody declares",
    (one) => {
      one.queues = [];
    },
    "services[4].queues.orders-to-pick: is not a queue of this environment; declare it under queues",
  ],
  [
    "sending to a queue that nobody declares",
    (one) => {
      serviceOf(one).sends = { jobs: {} };
    },
    "services[0].sends.jobs: is not a queue of this environment; use one of orders-to-pick, or declare it under queues",
  ],
  [
    "a subscription of a queue to an unknown bus",
    (one) => {
      queue(one).subscriptions.placed.bus = "sales";
    },
    "queues[0].subscriptions.placed.bus: is not an event bus of this environment; use one of orders",
  ],
  [
    "two services that take one queue",
    (one) => {
      const orders = serviceOf(one);
      orders.queues = { "orders-to-pick": { idempotency: { reason: "the second one only counts them" } } };
    },
    'services[4].queues.orders-to-pick: is taken by the service "orders" already',
  ],
  [
    "no table and no reason",
    (one) => {
      delete use(one).idempotency.table;
    },
    "services[4].queues.orders-to-pick.idempotency.table: is required, as SQS delivers at least once",
  ],
  [
    "a table that the service does not write",
    (one) => {
      use(one).idempotency.table = "orders";
    },
    'services[4].queues.orders-to-pick.idempotency.table: is not a table that the service reads and writes; add it to its tables, with access "read-write"',
  ],
  [
    "a table that each region asks for itself",
    (one) => {
      picking(one).tables["handled-events"].homeReplica = false;
    },
    "services[4].queues.orders-to-pick.idempotency.table: is asked by each region in its own replica",
  ],
  [
    "a table without an expiry",
    (one) => {
      delete one.tables[2].timeToLiveAttribute;
    },
    "services[4].queues.orders-to-pick.idempotency.table: is a table of another form than the runtime needs",
  ],
  [
    "less reserved concurrency than its queues take",
    (one) => {
      use(one).maximumConcurrency = 26;
    },
    "services[4].function.reservedConcurrency: is less than the maximumConcurrency of its queues, 26",
  ],
  [
    "a visibility timeout that is too short",
    (one) => {
      use(one).pausedBy = [];
      queue(one).visibilityTimeoutSeconds = 119;
    },
    'queues[0].visibilityTimeoutSeconds: is less than six times the timeout of the service "picking" and its window, so messages would come again while they are handled; use at least 120 s',
  ],
  [
    "retries that take longer than messages live",
    (one) => {
      use(one).pausedBy = [];
      queue(one).messageRetentionSeconds = 1_199;
    },
    "queues[0].messageRetentionSeconds: is over before 10 attempts of 120 s are",
  ],
  [
    "events for a FIFO queue",
    (one) => {
      queue(one).fifo = {};
    },
    "queues[0].subscriptions: deliver to standard queues only",
  ],
  [
    "a large batch of a FIFO queue",
    (one) => {
      Object.assign(queue(one), { fifo: {}, subscriptions: {} });
      Object.assign(use(one), { batchSize: 20, batchingWindowSeconds: 1 });
    },
    "services[4].queues.orders-to-pick.batchSize: is above what a FIFO queue gives at once; use at most 10",
  ],
  [
    "a window of a FIFO queue",
    (one) => {
      Object.assign(queue(one), { fifo: {}, subscriptions: {} });
      use(one).batchingWindowSeconds = 1;
    },
    "services[4].queues.orders-to-pick.batchingWindowSeconds: is nothing that a FIFO queue has; leave it out",
  ],
  [
    "two queues of one name",
    (one) => {
      one.queues.push({ name: "orders-to-pick" });
    },
    "queues[1].name: is already the name of queues[0]",
  ],
  [
    "one name in AWS for two subscriptions",
    (one) => {
      one.queues.push({ name: "picking", subscriptions: { placed: queue(one).subscriptions.placed } });
      picking(one).subscriptions = { placed: queue(one).subscriptions.placed };
    },
    'queues[1].subscriptions.placed: has the name of services[4].subscriptions.placed in AWS, "picking-placed"',
  ],
  [
    "a delay that outlasts its messages",
    (one) => {
      Object.assign(queue(one), { messageRetentionSeconds: 700, delaySeconds: 700 });
    },
    "queues[0].delaySeconds: hides messages until they expire, after 700 s",
  ],
  [
    "an alarm on messages that are older than they get",
    (one) => {
      queue(one).messageRetentionSeconds = 900;
    },
    "queues[0].alarmThresholds.oldestMessageSeconds: is never reached, because messages expire after 900 s",
  ],
  [
    "an alarm on dead letters that are older than they get",
    (one) => {
      queue(one).messageRetentionSeconds = 1_123_200;
    },
    "queues[0].alarmThresholds.deadLetterAgeSeconds: may never be reached, because a dead letter keeps the age of its message; use at most 86100 s",
  ],
  [
    "a rule with a name that is too long",
    (one) => {
      queue(one).subscriptions["of-all-orders-that-were-placed"] = queue(one).subscriptions.placed;
    },
    'queues[0].subscriptions.of-all-orders-that-were-placed: makes a rule "orders-to-pick-of-all-orders-that-were-placed" of 45 characters',
  ],
  [
    "sending from a network without an endpoint",
    (one) => {
      serviceOf(one, "ledger").sends = { "orders-to-pick": {} };
    },
    "databases[0].network.interfaceEndpoints",
  ],
  [
    "one variable for two things",
    (one) => {
      serviceOf(one).sends = { "orders-to-pick": { variable: "TABLE_NAME" } };
    },
    "services[0].sends.orders-to-pick.variable: is also used in tables.orders.variable",
  ],
];

describe("Queues of an environment", () => {
  test.each(mistakes)("cannot have %s", (_, change, message) => {
    expect(mistakesOf(change)).toContainEqual(expect.stringContaining(message));
  });

  test("are right as they stand in prod", () => {
    expect(mistakesOf(() => {})).toEqual([]);
  });

  test("need no table in the home region without a standby region", () => {
    const change = (one: Loose): void => {
      picking(one).tables["handled-events"].homeReplica = false;
      one.regions = { home: "eu-west-1" };
      one.backups = undefined;
    };
    expect(mistakesOf(change).filter((mistake) => mistake.includes("queues"))).toEqual([]);
  });

  test("fit the concurrency of a region that differs", () => {
    const change = (one: Loose): void => {
      picking(one).regions = { "eu-central-1": { function: { reservedConcurrency: 10 } } };
    };
    expect(mistakesOf(change)).toEqual([
      expect.stringMatching(/^services\[4\]\.regions\.eu-central-1\.function\.reservedConcurrency: is less than .* 20/),
    ]);
  });
});
