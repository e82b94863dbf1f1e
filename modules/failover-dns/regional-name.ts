import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { ConstructError, deploymentStackOf } from "../core";
import { CustomDomain } from "../http-api";
import type { ServingRegion } from "./serving-region";

export interface RegionalNameProps {
  readonly serving: ServingRegion;
  /** The domain that all regions share. */
  readonly domainName: string;
  readonly zoneId: string;
}

/** The longest name that ACM takes as the first of a certificate. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestName = 64;

/**
 * A name of one region's API alone, `<region>.<domain>`: what answers for the shared domain is just what a health check
 * has to find out, so it cannot be asked under that name.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/dns-failover.html
 */
export class RegionalName extends CustomDomain {
  readonly fqdn: string;

  constructor(scope: Construct, id: string, { serving, domainName, zoneId }: RegionalNameProps) {
    const { region, apiId, stageName } = serving;
    const name = `${region}.${domainName}`;
    super(scope, id, { region, domainName: name, zoneId, apiId, stage: stageName, validationRecords: "create" });
    if (name.length > longestName) {
      throw new ConstructError(
        this,
        `the name "${name}", under which health checkers reach the region, has ${name.length} characters, certificates take ${longestName}`,
        "shorten the domain name of the service",
      );
    }
    const record = new Route53Record(this, "record", {
      provider: deploymentStackOf(this).providers.in(region),
      zoneId,
      name,
      type: "A",
      alias: { name: this.target.name, zoneId: this.target.hostedZoneId, evaluateTargetHealth: false },
      // The first check finds the API behind the name.
      dependsOn: [this.mapping],
    });
    this.fqdn = record.fqdn;
  }
}
