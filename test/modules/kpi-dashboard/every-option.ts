import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type DeploymentStack, deploymentStackOf } from "../../../modules/core";
import { ColdStarts, type KpiContainer, KpiDashboard, type KpiFunction } from "../../../modules/kpi-dashboard";

/** A service with everything in two regions, and a bare function in one. */
export function everyOption(stack: DeploymentStack): void {
  const region = "eu-west-1";
  const { name } = new CloudwatchLogGroup(stack, "log-group", {
    provider: deploymentStackOf(stack).providers.in(region),
    name: "/aws/lambda/test-orders",
  });
  new ColdStarts(stack, "cold-starts", { environment: "test", service: "orders", region, logGroupName: name });
  const regionOf = (of: string, more: Partial<KpiFunction> = {}): KpiFunction => ({
    region: of,
    functionName: "test-orders",
    memoryMb: 1024,
    coldStarts: "test-orders-cold-starts",
    ownTableNames: [],
    ...more,
  });
  new KpiDashboard(stack, "full", {
    config: { start: "-P7D" },
    environment: "test",
    homeRegion: region,
    services: [
      {
        name: "orders",
        objectivePercent: 99.9,
        failingPercent: 1,
        recoveryTimeSeconds: 420,
        regions: ["eu-west-1", "eu-central-1"].map((of) =>
          regionOf(of, { apiId: "a1b2c3d4e5", ownTableNames: ["test-orders", "test-notes"] }),
        ),
      },
      { name: "mailer", failingPercent: 1, regions: [regionOf(region)] },
      {
        name: "tracking",
        objectivePercent: 99.5,
        failingPercent: 5,
        regions: ["eu-west-1", "eu-central-1"].map(
          (of): KpiContainer => ({
            region: of,
            dimensions: { LoadBalancer: "app/tracking/0a1b2c3d", TargetGroup: "targetgroup/tracking/4e5f6a7b" },
            ...{ cpu: 256, memoryMebibytes: 512, cpuArchitecture: "ARM64" },
            ownTableNames: ["test-shipments"],
          }),
        ),
      },
    ],
  });
}
