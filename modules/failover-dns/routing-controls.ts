import { createHash } from "node:crypto";
import { Route53RecoverycontrolconfigControlPanel } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-control-panel";
import { Route53RecoverycontrolconfigRoutingControl } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-routing-control";
import { Route53RecoverycontrolconfigSafetyRule } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-safety-rule";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf } from "../core";
import { healthCheck } from "./health-check";
import type { ManualSwitch } from "./manual-switch";
import { checkName, type RecoveryClusterReference } from "./recovery-cluster";

export interface RoutingControlsProps {
  readonly name: string;
  readonly cluster: RecoveryClusterReference;
  /** The serving regions; the provider of the first one creates the controls. */
  readonly regions: readonly [string, ...string[]];
}

/** How long a state change must last before the safety rule counts it, in milliseconds. */
const waitPeriodMs = 5000;

/**
 * A routing control per region, and a safety rule that prevents turning off the last one.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
 */
export class RoutingControls extends Construct {
  private readonly controls: ReadonlyMap<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RoutingControlsProps,
  ) {
    super(scope, id);
    const { name, cluster, regions } = props;
    const provider = deploymentStackOf(this).providers.in(regions[0]);
    const panel = new Route53RecoverycontrolconfigControlPanel(this, "panel", {
      provider,
      name: checkName(this, name),
      clusterArn: cluster.arn,
    });
    this.controls = new Map(
      regions.map((region) => [
        region,
        new Route53RecoverycontrolconfigRoutingControl(this, `control-${region}`, {
          provider,
          name: checkName(this, `${name}-${region}`),
          clusterArn: cluster.arn,
          controlPanelArn: panel.arn,
        }).arn,
      ]),
    );
    const assertedControls = [...this.controls.values()];
    new Route53RecoverycontrolconfigSafetyRule(this, "one-region-on", {
      provider,
      // Changing the asserted controls replaces the rule. A different name lets the new one exist before the old is
      // deleted.
      name: checkName(this, `${name}-one-on-${fingerprint(regions)}`),
      controlPanelArn: panel.arn,
      assertedControls,
      waitPeriodMs,
      ruleConfig: { type: "ATLEAST", threshold: 1, inverted: false },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** The switch of one region. @throws ConstructError if the region has no control */
  switchFor(scope: Construct, id: string, region: string): ManualSwitch {
    const arn = this.controls.get(region);
    if (arn) return new RoutingControlSwitch(scope, id, { ...this.props, region, arn });
    throw new ConstructError(this, `has no routing control for region "${region}"`, "add the region to regions");
  }
}

class RoutingControlSwitch extends Construct implements ManualSwitch {
  readonly healthCheckId: string;
  readonly drain: string;
  readonly restore: string;

  constructor(scope: Construct, id: string, props: RoutingControlsProps & { region: string; arn: string }) {
    super(scope, id);
    const { name, cluster, regions, region, arn } = props;
    this.healthCheckId = healthCheck(this, "check", {
      provider: deploymentStackOf(this).providers.in(regions[0]),
      name: `${name} ${region} switch`,
      type: "RECOVERY_CONTROL",
      routingControlArn: arn,
    }).id;
    const { url, region: endpointRegion } = cluster.endpoint;
    const command = (state: "On" | "Off") =>
      `aws route53-recovery-cluster update-routing-control-state --region ${endpointRegion} --endpoint-url ${url} --routing-control-arn ${arn} --routing-control-state ${state}`;
    this.drain = command("Off");
    this.restore = command("On");
  }
}

function fingerprint(regions: readonly string[]): string {
  return createHash("sha256")
    .update([...regions].sort().join())
    .digest("hex")
    .slice(0, 8);
}
