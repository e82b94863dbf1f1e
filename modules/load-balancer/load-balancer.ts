import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { type AlarmTarget, acceptFinding, ConstructError, deploymentStackOf, parseConfig } from "../core";
import { type BalancerAlarms, type BalancerDimensions, balancerAlarms } from "./balancer-alarms";
import { type LoadBalancerConfig, type LoadBalancerInput, loadBalancerConfig } from "./config";
import { ListenerCertificate, type ListenerCertificateProps } from "./listener-certificate";

/** Where a load balancer stands; `ServiceNetwork` has these properties. The ids may be tokens. */
export interface BalancerNetwork {
  readonly vpcId: string;
  /** Public subnets in at least two zones. */
  readonly loadBalancerSubnetIds: readonly string[];
}

export interface LoadBalancerProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: LoadBalancerInput;
  /** `<environment>-<service>`; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** Where it stands. */
  readonly network: BalancerNetwork;
  /** Security group that lets clients reach it, and it the tasks. */
  readonly securityGroupId: string;
  /** The port that tasks listen on; a change replaces the target group. */
  readonly port: number;
  /** Zone of the domain, and who makes the validation record of its certificate. */
  readonly domain: Pick<ListenerCertificateProps, "zoneId" | "validationRecords">;
  /** Whether AWS refuses to delete it; true if left out. */
  readonly deletionProtection?: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/** The target of an alias record. */
interface AliasTarget {
  readonly name: string;
  readonly hostedZoneId: string;
}

/**
 * An Application Load Balancer on the internet, with the certificate of its domain and one target group of tasks.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html
 */
export class LoadBalancer extends Construct {
  readonly region: string;
  /** URL for clients, without a trailing slash. */
  readonly endpoint: string;
  /** The target of the domain's alias record. */
  readonly domainTarget: AliasTarget;
  readonly targetGroupArn: string;
  /** The HTTPS listener. Tasks can only be registered once it uses their target group. */
  readonly listener: LbListener;
  readonly dimensions: BalancerDimensions;
  /** What scaling by requests for each target names it as. */
  readonly resourceLabel: string;
  private readonly made?: BalancerAlarms;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, region, network, alarms } = props;
    const config = parseConfig(loadBalancerConfig, props.config, this.node.path);
    const provider = deploymentStackOf(this).providers.in(region);
    this.checkSubnets(network);
    const isProtected = config.deletionProtection && props.deletionProtection !== false;
    // No explicit names: AWS limits them to 32 characters, and a fixed name would prevent a replacement.
    const tags = { Name: name };
    const balancer = new Lb(this, "load-balancer", {
      provider,
      loadBalancerType: "application",
      internal: false,
      ipAddressType: "ipv4",
      subnets: [...network.loadBalancerSubnetIds],
      securityGroups: [props.securityGroupId],
      enableDeletionProtection: isProtected,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableHttp2: true,
      idleTimeout: config.idleTimeoutSeconds,
      accessLogs: this.accessLogs(config, region),
      tags,
    });
    const targets = this.targetGroup(config, props, tags);
    const certificate = new ListenerCertificate(this, "domain", {
      ...props.domain,
      region,
      domainName: config.domainName,
    });
    this.listener = new LbListener(this, "listener", {
      provider,
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: config.tlsPolicy,
      certificateArn: certificate.certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
    });
    if (config.redirectHttp) {
      new LbListener(this, "redirect", {
        provider,
        loadBalancerArn: balancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultAction: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }],
      });
    }
    const webAclArn = config.webAclArns[region as keyof typeof config.webAclArns];
    if (webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, "firewall", { provider, resourceArn: balancer.arn, webAclArn });
    } else {
      acceptFinding(
        balancer,
        "CKV2_AWS_28",
        "No web ACL is named for it in webAclArns: what it needs of one, the service decides.",
      );
    }
    if (!config.accessLogs) {
      acceptFinding(
        balancer,
        "CKV_AWS_91",
        "Requests are in the log of the tasks; accessLogs of the configuration names a bucket for those of the load balancer.",
      );
    }
    if (!isProtected) {
      acceptFinding(
        balancer,
        "CKV_AWS_150",
        "The environment is disposable, its region is about to leave, or its configuration says that it may go.",
      );
    }
    this.region = region;
    this.endpoint = `https://${config.domainName}`;
    this.domainTarget = { name: balancer.dnsName, hostedZoneId: balancer.zoneId };
    this.targetGroupArn = targets.arn;
    this.dimensions = { LoadBalancer: balancer.arnSuffix, TargetGroup: targets.arnSuffix };
    this.resourceLabel = `${balancer.arnSuffix}/${targets.arnSuffix}`;
    if (alarms) {
      this.made = balancerAlarms(this, {
        name,
        region,
        dimensions: this.dimensions,
        thresholds: config.alarms,
        target: alarms,
      });
    }
  }

  /** ARNs of the alarms on failed requests and on latency; none without alarms. */
  get callerAlarmArns(): readonly string[] {
    return this.made ? [this.made.serverErrors.arn, this.made.latency.arn] : [];
  }

  /** Name of the alarm on failed requests, which deployments are rolled back by; undefined without alarms. */
  get serverErrorsAlarmName(): string | undefined {
    return this.made?.serverErrors.alarmName;
  }

  private targetGroup(
    config: LoadBalancerConfig,
    { region, network, port }: LoadBalancerProps,
    tags: { Name: string },
  ) {
    const { health } = config;
    return new LbTargetGroup(this, "targets", {
      provider: deploymentStackOf(this).providers.in(region),
      vpcId: network.vpcId,
      targetType: "ip",
      ipAddressType: "ipv4",
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      port,
      deregistrationDelay: String(config.deregistrationDelaySeconds),
      slowStart: config.slowStartSeconds,
      loadBalancingAlgorithmType: config.algorithm,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: health.path,
        matcher: health.codes,
        interval: health.intervalSeconds,
        timeout: health.timeoutSeconds,
        healthyThreshold: health.healthyThreshold,
        unhealthyThreshold: health.unhealthyThreshold,
      },
      tags,
      // One that is in use cannot be deleted: port and network replace it.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private accessLogs({ accessLogs }: LoadBalancerConfig, region: string) {
    if (!accessLogs) return undefined;
    const bucket = accessLogs.buckets[region as keyof typeof accessLogs.buckets];
    if (bucket !== undefined) return { enabled: true, bucket, prefix: accessLogs.prefix };
    throw new ConstructError(
      this,
      `has no bucket for its access logs in ${region}`,
      `add accessLogs.buckets.${region}, as load balancers write to buckets of their own region`,
    );
  }

  private checkSubnets({ loadBalancerSubnetIds: ids }: BalancerNetwork): void {
    if (Token.isUnresolved(ids) || new Set(ids).size >= 2) return;
    throw new ConstructError(
      this,
      `stands in ${new Set(ids).size} subnet, but an Application Load Balancer needs at least 2, in 2 zones`,
      "pass public subnets of at least two zones",
    );
  }
}
