import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineEnvironment, type EnvironmentInput, type Stage } from "../../config";
import prod from "../../environments/prod";
import { dataHoldingTypes } from "../../gates";
import { type Simulator, startSimulator } from "../../simulator";
import type { TerraformStack } from "../../terraform";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "failure-destinations");
const minutes = 60_000;
const needed = /-(keys|data|events|services-[a-z0-9-]+)$/;

const shipments = (prod.input.services ?? []).find(({ name }) => name === "shipments");
if (!shipments) throw new Error("prod has no shipments any more");
type Service = NonNullable<EnvironmentInput["services"]>[number];
const service = (name: string, onFailure: Service["onFailure"]): Service => ({
  ...shipments,
  name,
  dependencies: [],
  recovery: undefined,
  onFailure,
});

/** Services whose failed events go to a destination of each kind. */
const environmentWith = (ofShipments: Service["onFailure"]) =>
  defineEnvironment({
    ...prod.input,
    containers: undefined,
    containerNetwork: undefined,
    containerFlowLogs: undefined,
    chaos: prod.input.chaos && { optIn: prod.input.chaos.optIn },
    databases: [],
    dependencies: [],
    queues: [{ name: "failures" }],
    services: [
      service("shipments", ofShipments),
      service("returns", { bus: "orders" }),
      service("labels", { function: "mender" }),
      service("mender", { arn: "arn:{partition}:s3:::shop-failures-{region}" }),
      service("parcels", { arn: "arn:{partition}:sns:{region}:444455556666:{environment}-failures" }),
    ],
  });

describe("An environment whose failed events go to destinations of every kind", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stacksAt = (
    stage: Stage,
    ofShipments: Service["onFailure"] | null = { queue: "failures" },
    name: string = stage,
    withoutProtection = false,
  ): TerraformStack[] =>
    synthesizedStacks(environmentWith(ofShipments ?? undefined), {
      stage,
      outdir: join(directory, name),
      needed,
      simulator,
      withoutProtection,
    });

  const stages: readonly Stage[] = ["foundation", "hardening", "optimization"];
  test.each(stages)(
    "deploys, settles, and removes nothing of the stage before, at %s",
    async (stage) => {
      for (const stack of stacksAt(stage)) {
        expect(await stack.validate()).toEqual([]);
        await expectGrowth(stack);
      }
    },
    10 * minutes,
  );

  test(
    "shows in its plan that a queue of dead letters goes, when its service gets another destination, so that gates refuse it",
    async () => {
      const addressOf = "aws_sqs_queue.shipments_function_dead-letters_failed-events";
      const services = (all: readonly TerraformStack[]) => all.filter(({ name }) => name.includes("-services-"));
      for (const stack of services(stacksAt("optimization", null, "own-queue"))) await stack.deploy();
      for (const stack of services(stacksAt("optimization", { queue: "failures" }, "again"))) {
        const { resource_changes: changes = [] } = await stack.plan();
        const removed = changes.filter(({ change }) => change.actions.includes("delete")).map(({ address }) => address);
        expect(removed).toContain(addressOf);
        expect(dataHoldingTypes).toHaveProperty("aws_sqs_queue");
        await stack.deploy();
        expect(await stack.isSettled()).toBe(true);
      }
    },
    10 * minutes,
  );

  test(
    "is destroyed to an empty state",
    async () => {
      await expectDestroyed(stacksAt("optimization", { queue: "failures" }, "unprotected", true));
      expect(simulator.inventory.all()).toEqual([]);
    },
    10 * minutes,
  );
});
