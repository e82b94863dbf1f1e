import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { type AlarmTarget, ConstructError, parseConfig, partitionOf } from "../core";
import { type FailoverDnsConfig, type FailoverDnsInput, failoverDnsConfig } from "./config";
import { failoverRecords, latencyRecords } from "./records";
import type { RecoveryClusterReference } from "./recovery-cluster";
import { RegionHealth } from "./region-health";
import { RoutingControls } from "./routing-controls";
import type { ServingRegion } from "./serving-region";

export interface FailoverDnsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: FailoverDnsInput;
  /** Name of the service in AWS, `<environment>-<service>`. */
  readonly name: string;
  /** The domain name that clients use, shared by all regions. */
  readonly domainName: string;
  /** Public hosted zone that contains the domain. */
  readonly zoneId: string;
  /** What serves in the home region. */
  readonly home: ServingRegion;
  /** The regions that take over, in order. Without any there is only a record, because nothing could take over. */
  readonly standby: readonly ServingRegion[];
  /**
   * Region that serves first while it is healthy; home by default. With the policy failover, the others follow in their order, home
   * first, and records change in place. Latency has no first region.
   */
  readonly active?: string;
  /** Required if the manual switch in the config is a routing control and there is a standby region. */
  readonly recoveryCluster?: RecoveryClusterReference;
  /** Needs topics in us-east-1 and in every serving region. */
  readonly alarms?: AlarmTarget;
}

/** The commands that take one region out of DNS and bring it back. */
export interface RegionSwitch {
  readonly region: string;
  readonly drain: string;
  readonly restore: string;
}

/**
 * The DNS records of a service in its regions, and the health checks that move traffic between them.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html
 */
export class FailoverDns extends Construct {
  /** One per serving region, if there is a standby region. */
  readonly switches: readonly RegionSwitch[];
  /** The id of the calculated health check, by region. */
  readonly healthCheckIds: ReadonlyMap<string, string>;
  /** The DNS name of each single region, by region, if there is a standby region and clients need no certificate. */
  readonly regionalNames: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: FailoverDnsProps) {
    super(scope, id);
    const config = parseConfig(failoverDnsConfig, props.config, this.node.path);
    this.checkRegions(props);
    const health = this.regionHealth(config, props);
    const withHealth = (serving: ServingRegion) => ({
      ...serving,
      healthCheckId: health.get(serving.region)?.healthCheckId,
    });
    const { domainName, zoneId, home, standby } = props;
    const records = config.policy === "latency" ? latencyRecords : failoverRecords;
    records(this, {
      domainName,
      zoneId,
      serving: [withHealth(home), ...standby.map(withHealth)],
      active: standby.length > 0 ? props.active : undefined,
    });

    this.healthCheckIds = new Map([...health].map(([region, { healthCheckId }]) => [region, healthCheckId]));
    this.regionalNames = new Map(
      [...health].flatMap(([region, { regionalName }]) => (regionalName ? [[region, regionalName] as const] : [])),
    );
    this.switches = [...health].map(([region, { manualSwitch }]) => ({
      region,
      drain: manualSwitch.drain,
      restore: manualSwitch.restore,
    }));
    for (const { region, drain, restore } of this.switches) {
      new TerraformOutput(this, `drain-${region}`, {
        value: drain,
        description: `Takes ${region} out of ${domainName}`,
      });
      new TerraformOutput(this, `restore-${region}`, { value: restore, description: `Brings ${region} back` });
    }
  }

  private regionHealth(config: FailoverDnsConfig, props: FailoverDnsProps): ReadonlyMap<string, RegionHealth> {
    const { name, domainName, zoneId, home, standby, alarms } = props;
    const [firstStandby] = standby;
    if (!firstStandby) return new Map();
    const routingControls =
      config.manualSwitch === "routing-control"
        ? new RoutingControls(this, "routing-controls", {
            name,
            cluster: this.recoveryCluster(props),
            regions: [home.region, ...standby.map(({ region }) => region)],
          })
        : undefined;
    return new Map(
      [home, ...standby].map((serving) => [
        serving.region,
        new RegionHealth(this, serving.region, {
          config,
          name,
          domainName,
          zoneId,
          serving,
          switchRegion: serving === home ? firstStandby.region : home.region,
          routingControls,
          alarms,
        }),
      ]),
    );
  }

  private recoveryCluster({ recoveryCluster }: FailoverDnsProps): RecoveryClusterReference {
    if (recoveryCluster) return recoveryCluster;
    throw new ConstructError(
      this,
      "uses routing controls, but has no ARC cluster for them",
      'create a RecoveryCluster and pass it, or set manualSwitch to "metric"',
    );
  }

  private checkRegions({ home, standby, active }: FailoverDnsProps): void {
    const regions = [home, ...standby].map(({ region }) => region);
    const repeated = regions.find((region, at) => regions.indexOf(region) !== at);
    if (repeated) {
      throw new ConstructError(this, `lists the region "${repeated}" twice`, "pass each serving region once");
    }
    if (active !== undefined && standby.length > 0 && !regions.includes(active)) {
      throw new ConstructError(
        this,
        `cannot serve from "${active}" first, because it is not one of its regions`,
        `use one of ${regions.join(", ")}`,
      );
    }
    if (standby.length > 0 && partitionOf(home.region) !== "aws") {
      throw new ConstructError(
        this,
        `cannot check ${home.region}, because its partition has different health checkers and metrics`,
        "leave standby empty there, so that only the record is created",
      );
    }
  }
}
