import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";

export interface ListenerCertificateProps {
  /** The region of the load balancer, whose certificates must be in it. */
  readonly region: string;
  readonly domainName: string;
  /** Public hosted zone that contains the domain. */
  readonly zoneId: string;
  /**
   * ACM asks for the same CNAME record in each region of an account, so only one stack may own it: `create` in the home region,
   * `existing` in the others, whose stacks depend on that one.
   * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
   */
  readonly validationRecords: "create" | "existing";
}

/** A certificate that is validated by DNS, for a listener of a load balancer in its region. */
export class ListenerCertificate extends Construct {
  /** Known once the certificate is valid. */
  readonly certificateArn: string;

  constructor(
    scope: Construct,
    id: string,
    { region, domainName, zoneId, validationRecords }: ListenerCertificateProps,
  ) {
    super(scope, id);
    const { providers } = deploymentStackOf(this);
    const provider = providers.in(region);
    const certificate = new AcmCertificate(this, "certificate", {
      provider,
      domainName,
      validationMethod: "DNS",
      // A certificate that is in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    const option = certificate.domainValidationOptions.get(0);
    const record =
      validationRecords === "create"
        ? new Route53Record(this, "validation-record", {
            provider: providers.forRecords(region),
            zoneId,
            name: option.resourceRecordName,
            type: "CNAME",
            records: [option.resourceRecordValue],
            ttl: 300,
          })
        : undefined;
    this.certificateArn = new AcmCertificateValidation(this, "validation", {
      provider,
      certificateArn: certificate.arn,
      ...(record ? { validationRecordFqdns: [record.fqdn] } : {}),
      lifecycle: { createBeforeDestroy: true },
    }).certificateArn;
  }
}
