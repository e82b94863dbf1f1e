import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { resourcesOf } from "../../terraform";
import { mistakesOf, serviceOf } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";

const address = "aws_ssm_parameter.orders_faults_switch";
const refusal =
  "services[0].chaos: is refused, as the environment does not opt in to injected faults; remove it, or say in chaos.optIn of the environment why they are allowed";

function servicesOf(input: EnvironmentInput, stage: "foundation" | "hardening" | "optimization", region = "eu-west-1") {
  const stacks = stacksOf(defineEnvironment(input), { stage });
  const stack = stacks.find(({ name }) => name.endsWith(`-services-${region}`));
  if (!stack) throw new Error(`no services in ${region}`);
  return resourcesOf(stack);
}

describe("The capability faultInjection", () => {
  test("comes with hardening, for services that ask for it", () => {
    expect(servicesOf(prod.input, "foundation").has(address)).toBe(false);
    const resources = servicesOf(prod.input, "hardening");
    expect(resources.get(address)).toMatchObject({ name: "/prod/orders/chaos/faults", insecure_value: "off" });
    expect([...resources.keys()].filter((each) => each.endsWith("_faults_switch"))).toEqual([
      address,
      "aws_ssm_parameter.shipments_faults_switch",
    ]);
  });

  test("tells the function of its service, and lets it read, with a switch for each region", () => {
    for (const region of ["eu-west-1", "eu-central-1"]) {
      const resources = servicesOf(prod.input, "optimization", region);
      expect(resources.get("aws_lambda_function.orders_function_function")).toMatchObject({
        environment: { variables: { CHAOS_SETTINGS_PATH: "/prod/orders/chaos", CHAOS_LONGEST_MINUTES: "30" } },
      });
      expect(JSON.stringify([...resources])).toContain(
        `arn:aws:ssm:${region}:444444444444:parameter/prod/orders/chaos`,
      );
      expect(resources.get(address)).toMatchObject({ provider: `aws.${region}` });
      expect(resources.get("aws_lambda_function.picking_function_function")).not.toHaveProperty(
        "environment.variables.CHAOS_SETTINGS_PATH",
      );
    }
  });

  test("leaves functions without any variable where it is switched off", () => {
    const exceptions = { faultInjection: { enabled: false, reason: "nobody has game days here" } };
    const resources = servicesOf({ ...prod.input, exceptions }, "optimization");
    expect(resources.has(address)).toBe(false);
    expect(JSON.stringify([...resources])).not.toContain("CHAOS_");
  });

  test("is refused in an environment that does not opt in, at every stage", () => {
    for (const stage of ["foundation", "hardening", "optimization"]) {
      const mistakes = mistakesOf((input) => {
        input.stage = stage;
        delete input.chaos;
      }, prod);
      expect(mistakes).toEqual([refusal, refusal.replace("[0]", "[3]")]);
    }
  });

  test("wants a reason for the opt-in", () => {
    expect(mistakesOf((input) => Object.assign(input, { chaos: { optIn: "yes" } }), prod)).toEqual([
      expect.stringMatching(/^chaos\.optIn: /),
    ]);
    expect(mistakesOf((input) => Object.assign(input, { chaos: {} }), prod)).toEqual([
      expect.stringMatching(/^chaos\.optIn: /),
    ]);
  });

  test("is not passed by with a variable", () => {
    const mistakes = mistakesOf((input) => {
      serviceOf(input, "shipments").function.environment = { CHAOS_SETTINGS_PATH: "/prod/shipments/chaos" };
      serviceOf(input, "storefront").regions = {
        "eu-central-1": { function: { environment: { CHAOS_LONGEST_MINUTES: "900" } } },
      };
    }, prod);
    const what = "switches faults on; remove it, and use the service's field chaos instead";
    expect(mistakes.sort()).toEqual([
      `services[2].regions.eu-central-1.function.environment.CHAOS_LONGEST_MINUTES: ${what}`,
      `services[3].function.environment.CHAOS_SETTINGS_PATH: ${what}`,
    ]);
  });

  test("wants a way to the switch in the network of a database", () => {
    const withSwitch = (endpoints: readonly string[]) =>
      mistakesOf((input) => {
        serviceOf(input, "ledger").chaos = {};
        input.databases[0].network.interfaceEndpoints = endpoints;
      }, prod);
    expect(withSwitch(["secretsmanager", "xray"])).toEqual([
      "services[1].chaos: is read from Parameter Store, which nothing in the network of database ledger reaches; add ssm to its interfaceEndpoints",
    ]);
    expect(withSwitch(["secretsmanager", "xray", "ssm"])).toEqual([]);
  });
});
