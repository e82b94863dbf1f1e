import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { resourcesOf } from "../../terraform";
import { stacksOf } from "../support/synthesized-once";

/** What the stacks of services have of the warmer, by stack. */
function warmersOf(input: EnvironmentInput, stage: "foundation" | "hardening" | "optimization") {
  const stacks = stacksOf(defineEnvironment(input), { stage });
  return Object.fromEntries(
    stacks
      .filter(({ name }) => name.includes("-services-"))
      .map((stack) => [
        stack.name.replace("prod-services-", ""),
        [...resourcesOf(stack)].filter(([address]) => address.startsWith("aws_scheduler_schedule.warmer_")),
      ]),
  );
}

describe("The capability warmEnvironments", () => {
  test("comes with hardening, and to standby regions with the services there", () => {
    expect(warmersOf(prod.input, "foundation")).toEqual({ "eu-west-1": [] });
    expect(Object.keys(warmersOf(prod.input, "hardening"))).toEqual(["eu-west-1"]);
    const all = warmersOf(prod.input, "optimization");
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(all[region]).toEqual([
        [
          "aws_scheduler_schedule.warmer_alias-ledger",
          expect.objectContaining({ provider: `aws.${region}`, schedule_expression: "rate(5 minutes)" }),
        ],
      ]);
    }
  });

  test("can come early or be left out, with a reason", () => {
    const excepted = (enabled: boolean) => ({
      ...prod.input,
      exceptions: { warmEnvironments: { enabled, reason: "the ledger's tokens expire when it is slow" } },
    });
    expect(warmersOf({ ...excepted(true), stage: "foundation" }, "foundation")["eu-west-1"]).toHaveLength(1);
    expect(warmersOf(excepted(false), "optimization")).toEqual({ "eu-west-1": [], "eu-central-1": [] });
  });

  test("keeps as many in a region as its own function says", () => {
    const services = (prod.input.services ?? []).map((service) =>
      service.name === "ledger"
        ? { ...service, regions: { "eu-central-1": { function: { warming: { concurrency: 1 } } } } }
        : service,
    );
    const all = warmersOf({ ...prod.input, services }, "optimization");
    expect(JSON.stringify(all["eu-west-1"])).toContain('\\"concurrency\\":2');
    expect(JSON.stringify(all["eu-central-1"])).toContain('\\"concurrency\\":1');
  });
});
