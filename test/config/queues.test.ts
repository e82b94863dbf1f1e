import prod from "../../environments/prod";
import { type Loose, mistakesOf as mistakesOfBase, serviceOf } from "../support/mistakes";

const mistakesOf = (change: (environment: Loose) => void): string[] => mistakesOfBase(change, prod);
const shipments = (environment: Loose): Loose => serviceOf(environment, "shipments");
const use = (environment: Loose): Loose => shipments(environment).queues["placed-orders"];
const queue = (environment: Loose): Loose => environment.queues[0];

/** What is wrong, how it comes about, and how the message begins. */
const mistakes: readonly (readonly [what: string, change: (environment: Loose) => void, message: string])[] = [
  [
    "a queue that nobody declares",
    (one) => {
      one.queues = [];
    },
    "services[3].queues.placed-orders: is not a queue of this environment; declare it under queues",
  ],
  [
    "sending to a queue that nobody declares",
    (one) => {
      serviceOf(one).sends = { jobs: {} };
    },
    "services[0].sends.jobs: is not a queue of this environment; use one of placed-orders, or declare it under queues",
  ],
  [
    "a subscription of a queue to an unknown bus",
    (one) => {
      queue(one).subscriptions["order-placed"].bus = "sales";
    },
    "queues[0].subscriptions.order-placed.bus: is not an event bus of this environment; use one of orders",
  ],
  [
    "two services that take one queue",
    (one) => {
      const orders = serviceOf(one);
      orders.queues = { "placed-orders": { idempotency: { reason: "the second one only counts them" } } };
    },
    'services[3].queues.placed-orders: is taken by the service "orders" already',
  ],
  [
    "no table and no reason",
    (one) => {
      delete use(one).idempotency.table;
    },
    "services[3].queues.placed-orders.idempotency.table: is required, as SQS delivers at least once",
  ],
  [
    "a table that the service does not write",
    (one) => {
      use(one).idempotency.table = "orders";
    },
    'services[3].queues.placed-orders.idempotency.table: is not a table that the service reads and writes; add it to its tables, with access "read-write"',
  ],
  [
    "a table that each region asks for itself",
    (one) => {
      shipments(one).tables["handled-events"].homeReplica = false;
    },
    "services[3].queues.placed-orders.idempotency.table: is asked by each region in its own replica",
  ],
  [
    "a table without an expiry",
    (one) => {
      delete one.tables[2].timeToLiveAttribute;
    },
    "services[3].queues.placed-orders.idempotency.table: is a table of another form than the runtime needs",
  ],
  [
    "less reserved concurrency than its queues take",
    (one) => {
      use(one).maximumConcurrency = 51;
    },
    "services[3].function.reservedConcurrency: is less than the maximumConcurrency of its queues, 51",
  ],
  [
    "a visibility timeout that is too short",
    (one) => {
      queue(one).visibilityTimeoutSeconds = 179;
    },
    'queues[0].visibilityTimeoutSeconds: is less than six times the timeout of the service "shipments" and its window, so messages would come again while they are handled; use at least 180 s',
  ],
  [
    "retries that take longer than messages live",
    (one) => {
      queue(one).messageRetentionSeconds = 899;
    },
    "queues[0].messageRetentionSeconds: is over before 5 attempts of 180 s are",
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
    "services[3].queues.placed-orders.batchSize: is above what a FIFO queue gives at once; use at most 10",
  ],
  [
    "a window of a FIFO queue",
    (one) => {
      Object.assign(queue(one), { fifo: {}, subscriptions: {} });
      use(one).batchingWindowSeconds = 1;
    },
    "services[3].queues.placed-orders.batchingWindowSeconds: is nothing that a FIFO queue has; leave it out",
  ],
  [
    "two queues of one name",
    (one) => {
      one.queues.push({ name: "placed-orders" });
    },
    "queues[1].name: is already the name of queues[0]",
  ],
  [
    "one name in AWS for two subscriptions",
    (one) => {
      one.queues.push({ name: "shipments", subscriptions: { placed: queue(one).subscriptions["order-placed"] } });
      shipments(one).subscriptions = { placed: queue(one).subscriptions["order-placed"] };
    },
    'queues[1].subscriptions.placed: has the name of services[3].subscriptions.placed in AWS, "shipments-placed"',
  ],
  [
    "sending from a network without an endpoint",
    (one) => {
      serviceOf(one, "ledger").sends = { "placed-orders": {} };
    },
    "databases[0].network.interfaceEndpoints",
  ],
  [
    "one variable for two things",
    (one) => {
      serviceOf(one).sends = { "placed-orders": { variable: "TABLE_NAME" } };
    },
    "services[0].sends.placed-orders.variable: is also used in tables.orders.variable",
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
      shipments(one).tables["handled-events"].homeReplica = false;
      one.regions = { home: "eu-west-1" };
      one.backups = undefined;
    };
    expect(mistakesOf(change).filter((mistake) => mistake.includes("queues"))).toEqual([]);
  });

  test("fit the concurrency of a region that differs", () => {
    const change = (one: Loose): void => {
      shipments(one).regions = { "eu-central-1": { function: { reservedConcurrency: 10 } } };
    };
    expect(mistakesOf(change)).toEqual([
      expect.stringMatching(/^services\[3\]\.regions\.eu-central-1\.function\.reservedConcurrency: is less than .* 20/),
    ]);
  });
});
