import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { deploymentStackOf, terraformExpression } from "../core";
import { edgeHome } from "../edge-function";

/** The hosted zone and validation records for a distribution's domain names. */
export interface DistributionDomain {
  /** The public hosted zone that contains all of them. */
  readonly zoneId: string;
  /** `existing` if another stack in the account already owns the validation records: ACM asks for the same ones. */
  readonly validationRecords: "create" | "existing";
}

export interface DistributionCertificateProps extends DistributionDomain {
  /** At least one. */
  readonly aliases: readonly string[];
}

/** A domain name as part of a Terraform address. */
const addressOf = (alias: string) => `at-${alias.replaceAll(".", "-")}`;

/**
 * The certificate of a distribution, in us-east-1 as CloudFront requires, validated by DNS.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
export class DistributionCertificate extends Construct {
  /** ARN of the certificate, known only once it is issued. */
  readonly certificateArn: string;

  constructor(scope: Construct, id: string, { aliases, zoneId, validationRecords }: DistributionCertificateProps) {
    super(scope, id);
    const { providers } = deploymentStackOf(this);
    const provider = providers.in(edgeHome);
    const [first = "", ...others] = aliases;
    const certificate = new AcmCertificate(this, "certificate", {
      provider,
      domainName: first,
      subjectAlternativeNames: others.length > 0 ? others : undefined,
      validationMethod: "DNS",
      // A certificate that is in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    const records = aliases.map((alias) => {
      if (validationRecords === "existing") return undefined;
      // The options are an unordered set, so each record selects the option for its own name.
      const option = (attribute: string) =>
        terraformExpression(
          `\${one([for option in ${certificate.fqn}.domain_validation_options : option.${attribute} if option.domain_name == "${alias}"])}`,
        );
      return new Route53Record(this, `validation-${addressOf(alias)}`, {
        provider: providers.forRecords(edgeHome),
        zoneId,
        name: option("resource_record_name"),
        type: "CNAME",
        records: [option("resource_record_value")],
        ttl: 300,
      });
    });
    const fqdns = records.flatMap((record) => (record ? [record.fqdn] : []));
    this.certificateArn = new AcmCertificateValidation(this, "validation", {
      provider,
      certificateArn: certificate.arn,
      ...(fqdns.length > 0 ? { validationRecordFqdns: fqdns } : {}),
      lifecycle: { createBeforeDestroy: true },
    }).certificateArn;
  }
}

/** IPv4 and IPv6 alias records that point each domain name to the distribution. */
export function aliasRecords(
  scope: Construct,
  aliases: readonly string[],
  zoneId: string,
  target: { readonly name: string; readonly zoneId: string },
): void {
  const provider = deploymentStackOf(scope).providers.forRecords(edgeHome);
  for (const name of aliases) {
    for (const type of ["A", "AAAA"] as const) {
      new Route53Record(scope, `record-${type.toLowerCase()}-${addressOf(name)}`, {
        provider,
        zoneId,
        name,
        type,
        // Route 53 cannot evaluate the health of a CloudFront distribution.
        alias: { name: target.name, zoneId: target.zoneId, evaluateTargetHealth: false },
      });
    }
  }
}
