import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf } from "../core";
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
export class RegionalName extends Construct {
  readonly fqdn: string;

  constructor(scope: Construct, id: string, { serving, domainName, zoneId }: RegionalNameProps) {
    super(scope, id);
    const provider = deploymentStackOf(this).providers.in(serving.region);
    const name = `${serving.region}.${domainName}`;
    if (name.length > longestName) {
      throw new ConstructError(
        this,
        `the name "${name}", under which health checkers reach the region, has ${name.length} characters, certificates take ${longestName}`,
        "shorten the domain name of the service",
      );
    }
    const certificate = new AcmCertificate(this, "certificate", {
      provider,
      domainName: name,
      validationMethod: "DNS",
      // A certificate in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    const option = certificate.domainValidationOptions.get(0);
    const validationRecord = new Route53Record(this, "validation-record", {
      provider,
      zoneId,
      name: option.resourceRecordName,
      type: "CNAME",
      records: [option.resourceRecordValue],
      ttl: 300,
    });
    const validation = new AcmCertificateValidation(this, "validation", {
      provider,
      certificateArn: certificate.arn,
      validationRecordFqdns: [validationRecord.fqdn],
      lifecycle: { createBeforeDestroy: true },
    });
    const domain = new Apigatewayv2DomainName(this, "domain-name", {
      provider,
      domainName: name,
      domainNameConfiguration: {
        certificateArn: validation.certificateArn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    });
    const mapping = new Apigatewayv2ApiMapping(this, "mapping", {
      provider,
      apiId: serving.apiId,
      domainName: domain.id,
      stage: serving.stageName,
    });
    const record = new Route53Record(this, "record", {
      provider,
      zoneId,
      name,
      type: "A",
      alias: {
        name: domain.domainNameConfiguration.targetDomainName,
        zoneId: domain.domainNameConfiguration.hostedZoneId,
        evaluateTargetHealth: false,
      },
      // The first check finds the API behind the name.
      dependsOn: [mapping],
    });
    this.fqdn = record.fqdn;
  }
}
