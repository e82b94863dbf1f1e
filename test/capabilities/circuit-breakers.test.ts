import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { resourcesOf } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { mistakesOf } from "../support/mistakes";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();

const mistakes = (change: (input: { services: object[]; dependencies: object[]; databases: object[] }) => void) =>
  mistakesOf((input) => change(input as never), prod);

function resourcesIn(stage: "foundation" | "hardening" | "optimization", stackName: string, input = prod.input) {
  const stacks = synthesizedStacks(defineEnvironment(input as EnvironmentInput), { stage }, outdir);
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
    const services = (prod.input.services ?? []).map((service) => ({ ...service, dependencies: [] }));
    const resources = resourcesIn("hardening", "services-eu-west-1", { ...prod.input, services });
    expect([...resources.keys()].filter((address) => address.includes("circuit-breakers"))).toEqual([]);
  });

  test("shows breakers on the dashboard of the service that calls through them", () => {
    const operations = resourcesIn("optimization", "operations");
    const shown = (service: string) => JSON.stringify(operations.get(`aws_cloudwatch_dashboard.${service}_dashboard`));
    expect(shown("shipments")).toContain("Circuit breakers in eu-central-1");
    expect(shown("orders")).not.toContain("Circuit breakers");
  });

  test.each<[string, Parameters<typeof mistakes>[0], RegExp]>([
    [
      "a dependency that nobody declares",
      ({ services }) => Object.assign(services[0] ?? {}, { dependencies: ["tax"] }),
      /^services\[0\]\.dependencies\[0\]: is no dependency of the environment, which has carrier; declare it/,
    ],
    [
      "a dependency that is listed twice",
      ({ services }) => Object.assign(services[3] ?? {}, { dependencies: ["carrier", "carrier"] }),
      /^services\[3\]\.dependencies\[1\]: is listed twice/,
    ],
    [
      "two dependencies of one name",
      ({ dependencies }) => dependencies.push({ name: "carrier" }),
      /^dependencies\[1\]\.name: is the name of another dependency/,
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
