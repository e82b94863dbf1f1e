import type { DeploymentStack } from "../../../modules/core";
import { FailoverDns, type FailoverDnsProps, RecoveryCluster, type ServingApi } from "../../../modules/failover-dns";
import { alarms } from "../service-function/fixtures/references";

/** An API that exists already in a region. */
export function serving(region: string): ServingApi {
  return {
    region,
    target: { name: `d-0123456789.execute-api.${region}.amazonaws.com`, hostedZoneId: `Z2${region.length}EXAMPLE` },
    apiId: `api${region.length}`,
    stageName: "$default",
  };
}

/** A home region alone, as in the first stage. */
export const minimalProps: FailoverDnsProps = {
  config: {},
  name: "test-orders",
  domainName: "orders.example.com",
  zoneId: "Z0123456789ABCDEFGHIJ",
  home: serving("eu-west-1"),
  standby: [],
};

/** Every option, but for the cluster of the routing controls. */
export const fullProps: FailoverDnsProps = {
  ...minimalProps,
  config: {
    policy: "failover",
    endpointCheck: {
      path: "/health?deep=1",
      requestIntervalSeconds: 10,
      failureThreshold: 2,
      checkerRegions: ["us-east-1", "eu-west-1", "ap-southeast-1"],
      measureLatency: true,
    },
    alarmCheck: {
      metricName: "5xx",
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 50,
      periodSeconds: 120,
      evaluationPeriods: 2,
      insufficientDataHealthStatus: "LastKnownStatus",
    },
  },
  standby: [serving("eu-central-1")],
  alarms,
};

/** All forms of the module, for the deployment tests: two and three regions, both policies, both switches, one region. */
export function everyOption(stack: DeploymentStack): void {
  const three = [serving("eu-central-1"), serving("us-east-1")];
  new FailoverDns(stack, "full", fullProps);
  new FailoverDns(stack, "minimal", { ...minimalProps, name: "test-minimal", domainName: "minimal.example.com" });
  new FailoverDns(stack, "near", {
    ...minimalProps,
    config: { policy: "latency" },
    name: "test-near",
    domainName: "near.example.com",
    standby: three,
  });
  const asking = (region: string) => ({ ...serving(region), asksForCertificates: true });
  new FailoverDns(stack, "with-certificates", {
    ...fullProps,
    name: "test-with-certificates",
    domainName: "certificates.example.com",
    home: asking("eu-west-1"),
    standby: [asking("eu-central-1")],
  });
  new FailoverDns(stack, "controlled", {
    ...fullProps,
    config: { ...fullProps.config, manualSwitch: "routing-control" },
    name: "test-controlled",
    domainName: "controlled.example.com",
    standby: three,
    recoveryCluster: new RecoveryCluster(stack, "recovery", { name: "test", region: "eu-west-1" }),
  });
}
