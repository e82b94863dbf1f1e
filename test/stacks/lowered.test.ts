import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { type BuildOwnStacks, defineEnvironment, type EnvironmentInput, type Stage } from "../../config";
import { loweredOutput } from "../../contract/told-outputs";
import prod from "../../environments/prod";
import { resourcesOf, type SynthesizedStack } from "../../terraform";
import { stacksOf } from "../support/synthesized-once";

const home = "eu-west-1";
const frankfurt = "eu-central-1";
const input = prod.input as EnvironmentInput;
// Nothing recovers in another region, and no backup goes there, at a stage without one.
const services = (input.services ?? []).map(({ recovery: _, ...service }) => service);
const base = { ...input, services, backups: undefined } as unknown as EnvironmentInput;

const synthesized = (change: Partial<EnvironmentInput>, stacks?: BuildOwnStacks) =>
  stacksOf(defineEnvironment({ ...base, ...change } as EnvironmentInput, stacks && { stacks }));

const regionsAt = (stage: Stage): EnvironmentInput["regions"] =>
  stage === "optimization" ? { home, standby: [frankfurt] } : { home };
const lowered = (from: Stage, stage: Stage, change: Partial<EnvironmentInput> = {}, stacks?: BuildOwnStacks) => {
  const leaving = regionsAt(from).standby ?? [];
  return synthesized({ stage, loweredFrom: from, regions: { home, leaving }, ...change }, stacks);
};

const toldBy = ({ terraform }: SynthesizedStack): readonly string[] => {
  const output = terraform.output?.[loweredOutput] as { readonly value: readonly string[] } | undefined;
  return output?.value ?? [];
};
const toldIn = (stacks: readonly SynthesizedStack[]) =>
  stacks.flatMap((stack) => toldBy(stack).map((address) => `${stack.name} ${address}`));
const addressesIn = (stacks: readonly SynthesizedStack[]) =>
  stacks.flatMap((stack) => [...resourcesOf(stack).keys()].map((address) => `${stack.name} ${address}`));

describe("An environment whose stage is lowered", () => {
  test.each<[Stage, Stage]>([
    ["optimization", "hardening"],
    ["optimization", "foundation"],
    ["hardening", "foundation"],
  ])("from %s to %s tells exactly what it no longer has, stack by stack", (from, to) => {
    const now = lowered(from, to);
    const told = toldIn(now);
    const left = addressesIn(now);
    const before = addressesIn(synthesized({ stage: from, regions: regionsAt(from) }));
    const leaves = (address: string) => address.startsWith(`prod-services-${frankfurt} `);
    const gone = before.filter((address) => !left.includes(address) && !leaves(address));
    expect(gone.length).toBeGreaterThan(20);
    expect([...told].sort()).toEqual(gone.sort());
  });

  test("tells nothing of what goes for another reason: a service that is taken out, or another id", () => {
    const queues = (told: readonly string[]) =>
      told.filter((address) => / aws_sqs_queue\.(orders|shipments)_f/.test(address));
    const address = (service: string) =>
      `prod-services-${home} aws_sqs_queue.${service}_function_dead-letters_failed-events`;
    expect(queues(toldIn(lowered("hardening", "foundation")))).toEqual([address("orders"), address("shipments")]);
    const others = services.filter(({ name }) => name !== "shipments");
    const without = lowered("hardening", "foundation", { services: others } as Partial<EnvironmentInput>);
    expect(queues(toldIn(without))).toEqual([address("orders")]);

    const own =
      (id: string): BuildOwnStacks =>
      (environment) => {
        const stack = environment.stack("shop");
        new SqsQueue(stack, id, { provider: stack.providers.in(home) });
      };
    const renamed = toldIn(lowered("hardening", "foundation", {}, own("renamed")));
    expect(renamed.filter((address) => address.startsWith("prod-shop "))).toEqual([]);
  });

  test("tells what a team's stack had at that stage, too", () => {
    const own: BuildOwnStacks = (environment) => {
      const stack = environment.stack("shop");
      new SqsQueue(stack, "always", { provider: stack.providers.in(home) });
      if (environment.deployment.config.stage !== "foundation") {
        new SqsQueue(stack, "late", { provider: stack.providers.in(home) });
      }
    };
    const told = toldIn(lowered("hardening", "foundation", {}, own));
    expect(told.filter((address) => address.startsWith("prod-shop "))).toEqual(["prod-shop aws_sqs_queue.late"]);
  });

  test("is applied in the order of a removal, and tells nothing more once the field is left out", () => {
    const names = lowered("hardening", "foundation").map(({ name }) => name);
    expect(names.at(-1)).toBe("prod-keys");
    const after = synthesized({ stage: "foundation", regions: { home } });
    expect(after[0]?.name).toBe("prod-keys");
    expect(toldIn(after)).toEqual([]);
  });

  test("is as it is when it is looked at at another stage", () => {
    const definition = defineEnvironment({
      ...base,
      stage: "foundation",
      loweredFrom: "hardening",
      regions: { home },
    } as EnvironmentInput);
    expect(definition.resolve().loweredFrom?.config.stage).toBe("hardening");
    expect(definition.resolve({ stage: "optimization", standby: [frankfurt] }).loweredFrom).toBeUndefined();
  });

  test.each<[Stage, Stage]>([
    ["foundation", "foundation"],
    ["hardening", "foundation"],
  ])("is not at %s and lowered from %s", (stage, loweredFrom) => {
    const definition = defineEnvironment({ ...base, stage, loweredFrom, regions: { home } } as EnvironmentInput);
    expect(() => definition.resolve()).toThrow(
      `loweredFrom: is not a later stage than ${stage}, and stages go foundation -> hardening -> optimization; leave it out once the lowering is deployed (received "${loweredFrom}")`,
    );
  });

  test("says at which stage there is a mistake, where the file has none at its own", () => {
    const definition = defineEnvironment({
      ...base,
      stage: "hardening",
      loweredFrom: "optimization",
      regions: { home },
    } as EnvironmentInput);
    expect(() => definition.resolve()).toThrow(
      /^environment "prod" at optimization, the stage that loweredFrom names: 1 mistake\n {2}regions\.standby: names no region/,
    );
  });
});
