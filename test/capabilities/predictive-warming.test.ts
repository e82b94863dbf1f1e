import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App, LocalBackend } from "cdktf";
import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";
import { DeploymentStack } from "../../modules/core";
import { PredictiveWarming } from "../../modules/predictive-warming";
import { type Simulator, startSimulator } from "../../simulator";
import { readStackFolders, resourcesOf, TerraformStack } from "../../terraform";
import { forecastFunction } from "../modules/predictive-warming/every-option";
import { type Loose, mistakesOf, serviceOf } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";

const minutes = 60_000;
const scale = "aws_appautoscaling_target.storefront_function_provisioned-concurrency_target";

describe("The capability predictiveWarming", () => {
  const stacks = stacksOf(prod, { stage: "optimization" });
  const resourcesIn = (region: string) => {
    const stack = stacks.find(({ name }) => name === `prod-services-${region}`);
    if (!stack) throw new Error(`no services in ${region}`);
    return resourcesOf(stack);
  };

  test.each(["eu-west-1", "eu-central-1"])("forecasts in %s what is there, from what is there", (region) => {
    const resources = resourcesIn(region);
    const { environment } = resources.get("aws_lambda_function.predictive-warming_function_function") as {
      environment: { variables: Record<string, string> };
    };
    expect(environment.variables).toMatchObject({
      ALIASES: "prod-storefront:live=2-60@0.95",
      // 3,000 of the account without what the others have reserved, 400 + 100 + 50 + 25 + 50 + 100, and what Lambda keeps.
      MOST_TOGETHER: "2175",
    });
    expect(resources.get(scale)).toMatchObject({ lifecycle: { ignore_changes: ["min_capacity", "max_capacity"] } });
    const { policy } = resources.get("aws_iam_role_policy.predictive-warming_function_execution_policy") as {
      policy: string;
    };
    expect(policy).toContain(`\${${scale}.arn}`);
  });

  test("reads the history of the region that serves first in standby regions alone, where a share is stated", () => {
    const variablesAt = (active?: "eu-central-1") => {
      const services = (prod.input.services ?? []).map((service) =>
        service.name === "storefront" ? { ...service, predictiveWarming: { standbyShare: 0.4 } } : service,
      );
      const regions = { ...prod.input.regions, ...(active && { active }) };
      const environment = defineEnvironment({ ...prod.input, regions, services });
      const all = stacksOf(environment, { stage: "optimization" });
      return ["eu-west-1", "eu-central-1"].map((region) => {
        const stack = all.find(({ name }) => name === `prod-services-${region}`);
        const fn = stack && resourcesOf(stack).get("aws_lambda_function.predictive-warming_function_function");
        const { variables } = (fn as unknown as { environment: { variables: Record<string, string> } }).environment;
        return [variables.ALIASES, variables.SERVING_REGION];
      });
    };
    const own = ["prod-storefront:live=2-60@0.95", undefined];
    expect(variablesAt()).toEqual([own, ["prod-storefront:live=2-60@0.95*0.4", "eu-west-1"]]);
    expect(variablesAt("eu-central-1")).toEqual([["prod-storefront:live=2-60@0.95*0.4", "eu-central-1"], own]);
  });

  test("is refused with a share for standby regions that are not there", () => {
    expect(
      mistakesOf((input) => {
        const orders = serviceOf(input, "orders");
        orders.predictiveWarming = { standbyShare: 0.5 };
        input.regions.standby = [];
      }),
    ).toContain(
      "services[0].predictiveWarming.standbyShare: has no effect, as there is no standby region; name one under regions.standby, or remove it",
    );
  });

  const withStorefront = (change: (service: Loose) => void, quota = 3000) =>
    mistakesOf((input) => {
      change(serviceOf(input, "storefront"));
      input.quotas = { lambdaConcurrentExecutions: quota };
    }, prod);
  const provisioned = (service: Loose, value: object | undefined) => {
    service.function.provisionedConcurrency = value;
  };

  test("is refused for a service that has nothing to forecast, or no room", () => {
    expect(withStorefront((service) => provisioned(service, undefined))).toContain(
      "services[2].predictiveWarming: has nothing to forecast; add function.provisionedConcurrency with min and max, or remove it",
    );
    expect(withStorefront((service) => provisioned(service, { min: 3, max: 3 }))).toContain(
      "services[2].predictiveWarming: has no room, as min and max are both 3; raise max, or remove it",
    );
  });

  test("is refused beside schedules, which move the same limits", () => {
    const schedules = [{ name: "day", schedule: "cron(0 6 * * ? *)", min: 2, max: 3 }];
    expect(withStorefront((service) => provisioned(service, { min: 1, max: 3, schedules }))).toContain(
      "services[2].predictiveWarming: moves the same limits as function.provisionedConcurrency.schedules; remove one of both",
    );
  });

  test("is refused where the account has no room for its minimums", () => {
    expect(withStorefront((service) => provisioned(service, { min: 60, max: 90 }), 850)).toContainEqual(
      expect.stringContaining("leaves 25 environments for services with predictiveWarming, whose min are 60 together"),
    );
  });

  test("keeps its name to itself", () => {
    const message = mistakesOf((input) => {
      serviceOf(input, "orders").name = "predictive-warming";
    });
    expect(message).toContain(
      "services[0].name: is the name of what forecasts the use of functions; give the service another name",
    );
  });
});

describe("On the simulated cloud", () => {
  const output = resolve(".evenkeel", "test", "predictive-warming");
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(output, { recursive: true, force: true });
    mkdirSync(output, { recursive: true });
    simulator = await startSimulator();
  }, minutes);
  afterAll(() => simulator?.stop());

  test(
    "the plan is empty after a forecast has moved limits, and not after something else has",
    async () => {
      const app = new App({ outdir: output });
      const stack = new DeploymentStack(app, "warming", {
        regions: ["eu-west-1"],
        account: "111111111111",
        tags: { Team: "platform" },
      });
      new LocalBackend(stack, { path: "terraform.tfstate" });
      const arn = "arn:aws:kms:eu-west-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab";
      forecastFunction(stack, "plain").addProvisionedConcurrency();
      new PredictiveWarming(stack, "warming", {
        config: {},
        name: "test-warming",
        environment: "test",
        region: "eu-west-1",
        account: "111111111111",
        functions: [{ function: forecastFunction(stack, "orders"), config: {} }],
        mostTogether: 100,
        key: { arnIn: () => arn, grantUse: () => undefined },
        tracing: false,
      });
      app.synth();
      const [folder] = readStackFolders(output);
      if (!folder) throw new Error("nothing was synthesized");
      const deployed = new TerraformStack(folder, simulator.env);
      await deployed.deploy();
      expect(await deployed.isSettled()).toBe(true);

      // What a scheduled action does to the scalable target, seen by the next read.
      const moveLimits = (id: string): void => {
        const file = join(folder.folder, "terraform.tfstate");
        const state = JSON.parse(readFileSync(file, "utf8")) as {
          serial: number;
          resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[];
        };
        const target = state.resources.find(
          ({ type, name }) => type === "aws_appautoscaling_target" && name.startsWith(id),
        );
        Object.assign(target?.instances[0]?.attributes ?? {}, { min_capacity: 31, max_capacity: 50 });
        writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
      };
      moveLimits("orders");
      expect(await deployed.isSettled()).toBe(true);
      moveLimits("plain");
      expect(await deployed.isSettled()).toBe(false);
      await deployed.destroy();
      expect(await deployed.addresses()).toEqual([]);
    },
    3 * minutes,
  );
});
