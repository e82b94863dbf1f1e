import { defineEnvironment, type EnvironmentInput } from "../../config";
import staging from "../../environments/staging";
import { ConfigError } from "../../modules/core";

/** Staging with another first service, and whatever else is changed. */
function problems(change: (environment: EnvironmentInput & { services: Record<string, never>[] }) => void): string[] {
  const input = JSON.parse(JSON.stringify(staging.input));
  change(input);
  try {
    defineEnvironment(input).resolve();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

const truststores = {
  "eu-west-1": { truststoreUri: "s3://trust-ireland/clients.pem", truststoreVersion: "1" },
  "eu-central-1": { truststoreUri: "s3://trust-frankfurt/clients.pem", truststoreVersion: "1" },
};

describe("An API that asks for client certificates", () => {
  test("needs no open route for health checks, which it cannot have, but something else that notices", () => {
    expect(
      problems(({ services: [service] }) => {
        const { api } = service as never as { api: { routes: Record<string, unknown> } };
        delete api.routes["GET /health"];
        Object.assign(api, { mutualTls: truststores });
        Object.assign(service as object, { dns: { alarmCheck: { threshold: 100 } }, recovery: undefined });
      }),
    ).toEqual([]);
  });

  test("has no distribution in front of it", () => {
    expect(
      problems(({ services: [service] }) => {
        Object.assign((service as never as { api: object }).api, { mutualTls: truststores });
        Object.assign(service as object, { dns: { alarmCheck: { threshold: 100 } }, recovery: undefined, edge: {} });
      }),
    ).toContainEqual(expect.stringContaining("api.mutualTls: asks CloudFront for a certificate too"));
  });

  test("may be one of an environment without a standby region, which checks nothing", () => {
    expect(
      problems((environment) => {
        const [service] = environment.services as never as { api: object }[];
        Object.assign(environment.regions, { standby: [] });
        Object.assign(service?.api ?? {}, { mutualTls: { "eu-west-1": truststores["eu-west-1"] } });
        Object.assign(service ?? {}, { recovery: undefined });
      }),
    ).toEqual([]);
  });
});

describe("Services that ask others who may call", () => {
  const asking = (name: string, ...others: string[]) => ({
    name,
    function: { entry: "services/shipments/handler.ts", reservedConcurrency: 5, timeoutSeconds: 5 },
    ...(others.length > 0 && {
      api: {
        routes: Object.fromEntries(
          others.map((other) => [`GET /${other}`, { authorization: "CUSTOM", authorizer: other }]),
        ),
        lambdaAuthorizers: Object.fromEntries(others.map((other) => [other, { service: other }])),
      },
    }),
  });
  const withServices = (...services: object[]) =>
    problems((environment) => {
      environment.services.push(...(services as never[]));
    });

  test("may stand before or after them, and ask services that ask others", () => {
    expect(withServices(asking("a", "b", "c"), asking("b", "c"), asking("c"))).toEqual([]);
  });

  test("are told once where they ask in a round", () => {
    expect(withServices(asking("a", "b"), asking("b", "c"), asking("c", "a"))).toEqual([
      "services[1].api.lambdaAuthorizers.b.service: asks this service in turn who may call it; let one of them have another authorizer",
    ]);
  });
});
