import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { type AlarmTarget, ConstructError, deploymentStackOf, parseConfig } from "../core";
import { edgeHome } from "../edge-function";
import { acceptedOfDistribution } from "./accepted";
import { AccessLogs } from "./access-logs";
import { type BehaviorConfig, behaviorId } from "./behavior";
import { type AssociatedFunction, behaviorArguments } from "./behaviors";
import { type EdgeDistributionConfig, type EdgeDistributionInput, edgeDistributionConfig } from "./config";
import { distributionAlarms } from "./distribution-alarms";
import { aliasRecords, DistributionCertificate, type DistributionDomain } from "./domain";
import { checkOrigins, type DistributionOrigins, originArguments, originGroupArguments } from "./origins";
import { cachePolicyId, OriginRequestPolicies, type PolicyContext, responseHeadersPolicyId } from "./policies";

export interface EdgeDistributionProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: EdgeDistributionInput;
  /** `<environment>-<name>`: names the distribution's other resources; a distribution itself has no name. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Where requests go: the home region, and the standby that takes over or serves first. */
  readonly origins: DistributionOrigins;
  /** Region of the access log bucket. */
  readonly logRegion: string;
  /** Edge functions by the name that the config uses for them. */
  readonly functions?: Readonly<Record<string, AssociatedFunction>>;
  /** A web ACL with scope CLOUDFRONT. */
  readonly webAclArn?: string;
  /** Required if the config has aliases, not allowed otherwise. */
  readonly domain?: DistributionDomain;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * A CloudFront distribution in front of a service's regions.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
export class EdgeDistribution extends Construct {
  readonly distributionId: string;
  readonly distributionArn: string;
  /** `d….cloudfront.net`, for your own DNS records. */
  readonly domainName: string;
  /** Hosted zone id of `domainName`, for alias records. */
  readonly hostedZoneId: string;
  /** URL for viewers, without a trailing slash. */
  readonly endpoint: string;
  readonly accessLogBucketName: string;
  private readonly distribution: CloudfrontDistribution;

  constructor(scope: Construct, id: string, props: EdgeDistributionProps) {
    super(scope, id);
    const { name, origins, alarms } = props;
    const config = parseConfig(edgeDistributionConfig, props.config, this.node.path);
    checkOrigins(this, origins);
    this.checkReferences(config, props);
    const provider = deploymentStackOf(this).providers.in(edgeHome);

    const certificate =
      props.domain &&
      new DistributionCertificate(this, "domain", { ...props.domain, aliases: config.aliases }).certificateArn;
    const distribution = new CloudfrontDistribution(this, "distribution", {
      provider,
      enabled: true,
      comment: config.comment || name,
      aliases: config.aliases.length > 0 ? config.aliases : undefined,
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: config.priceClass,
      origin: originArguments(origins, config),
      originGroup: originGroupArguments(origins, config),
      ...this.behaviors(config, props, { provider, name }),
      restrictions: {
        geoRestriction: {
          restrictionType: config.geoRestriction.restrictionType,
          // An empty list is read back as unset, so every plan would show a change.
          locations: config.geoRestriction.locations.length > 0 ? config.geoRestriction.locations : undefined,
        },
      },
      viewerCertificate: certificate
        ? { acmCertificateArn: certificate, minimumProtocolVersion: "TLSv1.2_2021", sslSupportMethod: "sni-only" }
        : { cloudfrontDefaultCertificate: true },
      // Really delete the distribution on destroy, which frees its names and lets its functions' replicas go.
      retainOnDelete: false,
      waitForDeployment: config.waitForDeployment,
    });

    acceptedOfDistribution(distribution, config, origins);
    this.distribution = distribution;
    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.domainName = distribution.domainName;
    this.hostedZoneId = distribution.hostedZoneId;
    this.endpoint = `https://${config.aliases[0] ?? distribution.domainName}`;
    this.accessLogBucketName = new AccessLogs(this, "access-logs", {
      name,
      account: props.account,
      region: props.logRegion,
      distributionArn: distribution.arn,
      retentionDays: config.accessLogRetentionDays,
    }).bucketName;
    if (props.domain) {
      const target = { name: distribution.domainName, zoneId: distribution.hostedZoneId };
      aliasRecords(this, config.aliases, props.domain.zoneId, target);
    }
    if (alarms) {
      distributionAlarms(this, {
        name,
        distributionId: distribution.id,
        thresholds: config.alarms,
        target: alarms,
      });
    }
    if (props.webAclArn !== undefined) this.protect(props.webAclArn);
  }

  /** Puts a web ACL of scope CLOUDFRONT in front. @throws ConstructError when the ARN is that of another kind */
  protect(webAclArn: string): void {
    if (!Token.isUnresolved(webAclArn) && !globalWebAcl.test(webAclArn)) {
      throw new ConstructError(
        this,
        `"${webAclArn}" is not a web ACL for CloudFront`,
        "create it in us-east-1 with scope CLOUDFRONT and pass its ARN",
      );
    }
    this.distribution.webAclId = webAclArn;
  }

  private behaviors(config: EdgeDistributionConfig, props: EdgeDistributionProps, context: PolicyContext) {
    const headersPolicyId = responseHeadersPolicyId(this, config, context);
    const requestPolicies = new OriginRequestPolicies(this, context);
    const argumentsOf = (id: string, behavior: BehaviorConfig) =>
      behaviorArguments(this, behavior, {
        origins: props.origins,
        functions: props.functions ?? {},
        cachePolicyId: cachePolicyId(this, id, behavior, context),
        originRequestPolicyId: requestPolicies.idFor(behavior),
        responseHeadersPolicyId: headersPolicyId,
      });
    return {
      defaultCacheBehavior: argumentsOf("default", config.defaultBehavior),
      orderedCacheBehavior: config.behaviors.map((behavior) => ({
        ...argumentsOf(behaviorId(behavior.pathPattern), behavior),
        pathPattern: behavior.pathPattern,
      })),
    };
  }

  private checkReferences(config: EdgeDistributionConfig, { domain }: EdgeDistributionProps): void {
    if (config.aliases.length > 0 && !domain) {
      throw new ConstructError(this, `has the domain ${config.aliases[0]} but no hosted zone`, "pass domain");
    }
    if (domain && config.aliases.length === 0) {
      throw new ConstructError(this, "has a hosted zone but no domain", "set aliases in the config");
    }
  }
}

const globalWebAcl = /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]{36}$/;
