import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { defaultRememberMs } from "../../runtime/events/remembered";
import { resourcesOf } from "../../terraform";
import { mistakesOf } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";

const mistakes = (
  change: (input: { services: object[]; dependencies: object[]; databases: object[]; queues: object[] }) => void,
) => mistakesOf((input) => change(input as never), prod);

const pausedBy = (services: object[], names: readonly string[]) =>
  Object.assign((services[4] as { queues: { "orders-to-pick": object } }).queues["orders-to-pick"], {
    pausedBy: names,
  });

function resourcesIn(stage: "foundation" | "hardening" | "optimization", stackName: string, input = prod.input) {
  const stacks = stacksOf(defineEnvironment(input as EnvironmentInput), { stage });
  const stack = stacks.find(({ name }) => name === `prod-${stackName}`);
  if (!stack) throw new Error(`no ${stackName}`);
  return resourcesOf(stack);
}

describe("The capability circuitBreakers", () => {
  test("comes with hardening, in each region that runs services", () => {
    const table = "aws_dynamodb_table.circuit-breakers_state_table";
    expect(resourcesIn("foundation", "services-eu-west-1").has(table)).toBe(false);
    expect(resourcesIn("hardening", "services-eu-west-1").has(table)).toBe(true);
    const standby = resourcesIn("optimization", "services-eu-central-1");
    expect(standby.has(table)).toBe(true);
    expect(JSON.stringify(standby.get("aws_lambda_function.shipments_function_function"))).toContain(
      "DEPENDENCY_CARRIER",
    );
    expect(JSON.stringify(standby.get("aws_lambda_function.orders_function_function"))).not.toContain(
      "CIRCUIT_BREAKERS",
    );
  });

  test("builds nothing for dependencies that no service calls", () => {
    const services = (prod.input.services ?? []).map((service) => ({ ...service, dependencies: [], queues: {} }));
    const resources = resourcesIn("hardening", "services-eu-west-1", { ...prod.input, services });
    expect([...resources.keys()].filter((address) => address.includes("circuit-breakers"))).toEqual([]);
  });

  test("shows breakers on the dashboard of the service that calls through them", () => {
    const operations = resourcesIn("optimization", "operations");
    const shown = (service: string) => JSON.stringify(operations.get(`aws_cloudwatch_dashboard.${service}_dashboard`));
    expect(shown("shipments")).toContain("Circuit breakers in eu-central-1");
    expect(shown("orders")).not.toContain("Circuit breakers");
  });

  describe("with queues that it pauses", () => {
    const mapping = "aws_lambda_event_source_mapping.picking_queue-orders-to-pick_mapping";
    const schedule = "aws_scheduler_schedule.queue-pausing_queue-orders-to-pick";

    test("pauses them from hardening on, in each region that runs services, and leaves mappings to Terraform before", () => {
      const before = resourcesIn("foundation", "services-eu-west-1");
      expect(before.has(schedule)).toBe(false);
      expect(before.get(mapping)).toMatchObject({ enabled: true });
      expect(before.get(mapping)).not.toHaveProperty("lifecycle");
      for (const region of ["eu-west-1", "eu-central-1"]) {
        const after = resourcesIn("optimization", `services-${region}`);
        expect(after.get(mapping)).toMatchObject({ enabled: true, lifecycle: { ignore_changes: ["enabled"] } });
        expect(JSON.stringify(after.get(schedule))).toContain('\\"dependencies\\":[{\\"name\\":\\"warehouse\\"');
      }
    });

    test("says by the schedule which region reads, as Terraform no longer does", () => {
      const services = (prod.input.services ?? []).map((service) =>
        service.name === "picking"
          ? {
              ...service,
              // Naming another region takes longer than the objectives of prod allow.
              recovery: undefined,
              queues: {
                "orders-to-pick": {
                  pausedBy: ["warehouse"],
                  consumedIn: "active-region",
                  idempotency: { table: "handled-events" },
                },
              },
            }
          : service,
      );
      const input = { ...prod.input, services } as typeof prod.input;
      const reads = (region: string) =>
        JSON.stringify(resourcesIn("optimization", `services-${region}`, input).get(schedule));
      expect(reads("eu-west-1")).toContain('\\"reads\\":true');
      expect(reads("eu-central-1")).toContain('\\"reads\\":false');
    });

    test("hides messages from the first stage on until they are paused", () => {
      expect(
        resourcesIn("foundation", "events").get("aws_sqs_queue.queues_orders-to-pick-eu-west-1_queue"),
      ).toMatchObject({ visibility_timeout_seconds: 180 });
    });

    test("shows them on the dashboard of the service that takes them", () => {
      const operations = resourcesIn("optimization", "operations");
      const shown = (service: string) =>
        JSON.stringify(operations.get(`aws_cloudwatch_dashboard.${service}_dashboard`));
      expect(shown("picking")).toContain("Paused queues in eu-central-1");
      expect(shown("shipments")).not.toContain("Paused queues");
    });

    test("builds nothing where no queue is paused", () => {
      const services = (prod.input.services ?? []).map((service) =>
        service.name === "picking"
          ? { ...service, queues: { "orders-to-pick": { idempotency: { table: "handled-events" } } } }
          : service,
      );
      const resources = resourcesIn("hardening", "services-eu-west-1", { ...prod.input, services } as never);
      expect([...resources.keys()].filter((address) => address.includes("queue-pausing"))).toEqual([]);
      expect(resources.get(mapping)).not.toHaveProperty("lifecycle");
    });

    test("remembers for longer than it lets a message wait", () => {
      const mostRetentionMs = 604_800_000;
      expect(defaultRememberMs - mostRetentionMs).toBeGreaterThanOrEqual(86_400_000);
    });
  });

  test.each<[string, Parameters<typeof mistakes>[0], RegExp]>([
    [
      "a queue that is paused by what its service does not call",
      ({ services }) => pausedBy(services, ["carrier"]),
      /^services\[4\]\.queues\.orders-to-pick\.pausedBy\[0\]: is no dependency of the service "picking", which has warehouse; add it/,
    ],
    [
      "a queue that is paused twice by one dependency",
      ({ services }) => pausedBy(services, ["warehouse", "warehouse"]),
      /^services\[4\]\.queues\.orders-to-pick\.pausedBy\[1\]: is listed twice/,
    ],
    [
      "a queue that loses messages over a weekend",
      ({ queues }) => Object.assign(queues[0] ?? {}, { messageRetentionSeconds: 345_599 }),
      /^queues\[0\]\.messageRetentionSeconds: loses what waits for warehouse too soon; use at least 345600 s/,
    ],
    [
      "a queue that keeps messages longer than what was handled is remembered",
      ({ queues }) => Object.assign(queues[0] ?? {}, { messageRetentionSeconds: 604_801 }),
      /^queues\[0\]\.messageRetentionSeconds: is longer than what was handled in another region is remembered.* use at most 604800 s/,
    ],
    [
      "a queue whose messages are dead letters after a few outages",
      ({ queues }) => Object.assign(queues[0] ?? {}, { maxReceiveCount: 9 }),
      /^queues\[0\]\.maxReceiveCount: makes good messages dead letters when a breaker opens a few times.* use at least 10/,
    ],
    [
      "a queue whose messages come again before it is paused",
      ({ queues }) => Object.assign(queues[0] ?? {}, { visibilityTimeoutSeconds: 179 }),
      /^queues\[0\]\.visibilityTimeoutSeconds: is less than it takes to pause the queue, or than six times.* use at least 180 s/,
    ],
    [
      "a pause of what a rule calls straight",
      ({ services }) =>
        Object.assign((services[3] as { subscriptions: { "order-placed": object } }).subscriptions, {
          "order-placed": { bus: "orders", detailTypes: ["OrderPlaced"], pausedBy: ["carrier"] },
        }),
      /^services\[3\]\.subscriptions\.order-placed\.pausedBy: unknown field/,
    ],
    [
      "a service of the name of what pauses queues",
      ({ services }) => Object.assign(services[3] ?? {}, { name: "queue-pausing" }),
      /^services\[3\]\.name: is the name of what pauses queues/,
    ],
    [
      "a dependency that nobody declares",
      ({ services }) => Object.assign(services[0] ?? {}, { dependencies: ["tax"] }),
      /^services\[0\]\.dependencies\[0\]: is no dependency of the environment, which has carrier, warehouse; declare it/,
    ],
    [
      "a dependency that is listed twice",
      ({ services }) => Object.assign(services[3] ?? {}, { dependencies: ["carrier", "carrier"] }),
      /^services\[3\]\.dependencies\[1\]: is listed twice/,
    ],
    [
      "two dependencies of one name",
      ({ dependencies }) => dependencies.push({ name: "carrier" }),
      /^dependencies\[2\]\.name: is the name of another dependency/,
    ],
    [
      "a variable that dependencies set",
      ({ services }) =>
        Object.assign((services[3] as { function: object }).function, { environment: { DEPENDENCY_CARRIER: "{}" } }),
      /^services\[3\]\.function\.environment\.DEPENDENCY_CARRIER: is already set by dependencies/,
    ],
    [
      "a network in which the state cannot be reached",
      ({ services }) => Object.assign(services[1] ?? {}, { dependencies: ["carrier"] }),
      /^databases\[0\]\.network\.gatewayEndpoints: has no dynamodb, but the function of ledger/,
    ],
    [
      "a service of its name",
      ({ services }) => Object.assign(services[3] ?? {}, { name: "circuit-breakers" }),
      /^services\[3\]\.name: is the name of the circuit breakers/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(mistakes(change)).toContainEqual(expect.stringMatching(message));
  });
});
