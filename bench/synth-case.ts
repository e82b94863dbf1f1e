import { App } from "cdktf";
import { defineEnvironment } from "../config";
import { makeSynthesisFaster } from "../modules/core";
import { buildStacks } from "../stacks";
import workload from "./workload/environment";

/** `node synth-case.js <regions> <services>`: synthesizes bench/workload with this many regions and copies of its first service. */
const [regions = 1, count = 1] = process.argv.slice(2).map(Number);
const standby = (["eu-central-1", "eu-north-1", "eu-west-3"] as const).slice(0, regions - 1);
const [service] = workload.input.services ?? [];
if (!service) throw new Error("bench/workload has no service to copy");

const environment = defineEnvironment({
  ...workload.input,
  stage: regions > 1 ? "optimization" : "hardening",
  exceptions: {
    kpis: { enabled: false, reason: "CloudWatch takes no dashboard of that many services" },
    spendGuard: { enabled: false, reason: "AWS Budgets stops no more than 100 roles" },
  },
  databases: [],
  backups: undefined,
  regions: { home: "eu-west-1", standby },
  quotas: { lambdaConcurrentExecutions: 1_000_000, apiRequestsPerSecond: 10_000_000 },
  services: Array.from({ length: count }, (_, index) => ({
    ...service,
    name: `service-${index}`,
    recovery: undefined,
    hostedZoneId: undefined,
    api: service.api ? { ...service.api, domainName: undefined } : undefined,
  })),
});
makeSynthesisFaster();
const app = new App({ stackTraces: false });
buildStacks(app, environment.resolve());
app.synth();
