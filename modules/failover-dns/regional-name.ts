import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { ConstructError, deploymentStackOf } from "../core";
import { CustomDomain } from "../http-api";
import type { ServingApi } from "./serving-region";

export interface RegionalNameProps {
  readonly serving: ServingApi;
  /** The domain name shared by all regions. */
  readonly domainName: string;
  readonly zoneId: string;
}

/** The longest domain name that ACM accepts as the first name of a certificate. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestName = 64;

/** @throws ConstructError for a name that no certificate can begin with */
export function checkLength(scope: Construct, name: string): void {
  if (name.length <= longestName) return;
  throw new ConstructError(
    scope,
    `the name "${name}" that health checkers use for the region has ${name.length} characters, but the first name of an ACM certificate may have ${longestName}`,
    "shorten the domain name of the service",
  );
}

/**
 * A domain name for the API of one region, `<region>.<domain>`. A health check cannot use the shared name, because the
 * check itself determines which region that name leads to.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/dns-failover.html
 */
export class RegionalName extends CustomDomain {
  readonly fqdn: string;

  constructor(scope: Construct, id: string, { serving, domainName, zoneId }: RegionalNameProps) {
    const { region, apiId, stageName } = serving;
    const name = `${region}.${domainName}`;
    super(scope, id, { region, domainName: name, zoneId, apiId, stage: stageName, validationRecords: "create" });
    checkLength(this, name);
    const record = new Route53Record(this, "record", {
      provider: deploymentStackOf(this).providers.forRecords(region),
      zoneId,
      name,
      type: "A",
      alias: { name: this.target.name, zoneId: this.target.hostedZoneId, evaluateTargetHealth: false },
      // So that the API is reachable when the first check runs.
      dependsOn: [this.mapping],
    });
    this.fqdn = record.fqdn;
  }
}
