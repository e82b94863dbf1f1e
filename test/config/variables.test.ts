import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { type RegionalServiceConfig, serviceVariables } from "../../blueprints/regional-service";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { buildStacks } from "../../stacks";
import { type Loose, mistakesOf, serviceOf as service, vault } from "../support/mistakes";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();

describe("Each variable of a function", () => {
  const used = {
    tables: {
      orders: { access: "read", variable: "TABLE_NAME", homeReplica: true },
      carts: { access: "read", variable: "CARTS_TABLE", homeReplica: false },
    },
    publishes: {
      orders: { sources: ["a"], variable: "EVENT_BUS_NAME", endpointVariable: "EVENT_ENDPOINT_ID" },
      audit: { sources: ["a"], variable: "AUDIT_BUS", endpointVariable: "AUDIT_ENDPOINT" },
    },
    sends: { jobs: { variable: "QUEUE_URL" }, mails: { variable: "MAILS_QUEUE_URL" } },
    encryption: {},
    settings: { "page-size": { value: "1", valueIn: {} } },
  } as unknown as RegionalServiceConfig;
  const variables = serviceVariables(used);
  const withAll = (environment: Loose) => {
    environment.tables.push({ ...environment.tables[0], name: "carts" });
    environment.eventBuses.push({ name: "audit" });
    environment.queues = [{ name: "jobs" }, { name: "mails" }];
    const { tables, publishes, sends } = JSON.parse(JSON.stringify(used));
    Object.assign(service(environment), { tables, publishes, sends });
  };

  test("is accepted with a name of its own", () => expect(mistakesOf(withAll)).toEqual([]));

  test.each([...new Set(variables.map(({ name }) => name))])("%s is refused in function.environment", (name) => {
    const mistakes = mistakesOf((environment) => {
      withAll(environment);
      service(environment).function.environment = { [name]: "x" };
    });
    expect(mistakes).toEqual([expect.stringMatching(`^services\\[0\\]\\.function\\.environment\\.${name}: .+; .+`)]);
  });

  const chosen = variables.filter((variable) => variable.chosen);
  const pairs = chosen.flatMap(({ at }) =>
    variables.filter((other) => other.at.join() !== at.join()).map((other) => [at.join("."), other.name] as const),
  );

  test.each(pairs)("%s is refused as %s", (path, name) => {
    const mistakes = mistakesOf((environment) => {
      withAll(environment);
      const keys = path.split(".");
      const last = keys.pop() ?? "";
      keys.reduce((value, key) => value[key], service(environment))[last] = name;
    });
    expect(mistakes).toEqual([
      expect.stringMatching(/^services\[0\]\.(tables|publishes|sends)\.\w+\.\w+: is .+ so one would overwrite/),
    ]);
  });

  test("that a function has in AWS is one of these, or its own", () => {
    for (const [at, input] of [
      prod.input,
      { ...prod.input, keyManagement: { ...vault, encryptedByKmsBefore: true } },
    ].entries()) {
      const folder = join(outdir, String(at));
      const app = new App({ outdir: folder });
      const deployment = defineEnvironment(input as EnvironmentInput).resolve();
      buildStacks(app, deployment);
      app.synth();
      // With the fields of capabilities, which may bring variables too.
      for (const { name, ...config } of deployment.config.services) {
        const known = [
          ...serviceVariables(config).map((variable) => variable.name),
          ...Object.keys(config.function.environment),
        ];
        expect(known).toEqual(expect.arrayContaining(variablesIn(folder, name)));
      }
    }
  });
});

/** The variables of a service's function in all synthesized stacks. */
function variablesIn(outdir: string, name: string): string[] {
  const found = readdirSync(join(outdir, "stacks")).flatMap((stack) => {
    const { resource = {} } = JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
    return Object.keys(resource.aws_lambda_function?.[`${name}_function_function`]?.environment?.variables ?? {});
  });
  expect(found).toContain("SERVICE_NAME");
  return [...new Set(found)];
}
