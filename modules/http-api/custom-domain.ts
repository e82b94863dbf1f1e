import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";

/** The references that a custom domain needs in addition to its name. */
export interface DomainReferences {
  /** Public hosted zone that contains the domain. */
  readonly zoneId: string;
  /**
   * ACM asks for the same CNAME record in each region of an account, so only one stack may own it: `create` in the home
   * region, `existing` in the others, whose stacks depend on that one.
   * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
   */
  readonly validationRecords: "create" | "existing";
  /** Requires clients to present a certificate that the truststore in S3 trusts. */
  readonly mutualTls?: { readonly truststoreUri: string; readonly truststoreVersion?: string };
}

export interface CustomDomainProps extends DomainReferences {
  /** The region that it is in. */
  readonly region: string;
  /** Domain name of the traffic. */
  readonly domainName: string;
  /** Id of the API that the domain leads to. */
  readonly apiId: string;
  /** A reference to the stage, so that the stage is created first. */
  readonly stage: string;
  /** `ipv4` (API Gateway's default) or `dualstack`. */
  readonly ipAddressType?: string;
}

/** The target of an alias record for a domain. */
export interface DomainTarget {
  readonly name: string;
  readonly hostedZoneId: string;
}

/**
 * A regional custom domain of an API, with its certificate. The record that points to it is part of the routing stack.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html
 */
export class CustomDomain extends Construct {
  readonly target: DomainTarget;
  /** The mapping, which must exist before requests can reach the API. */
  readonly mapping: Apigatewayv2ApiMapping;

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    const { providers } = deploymentStackOf(this);
    const provider = providers.in(props.region);
    const certificate = new AcmCertificate(this, "certificate", {
      provider,
      domainName: props.domainName,
      validationMethod: "DNS",
      // A certificate that is in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    const option = certificate.domainValidationOptions.get(0);
    const record =
      props.validationRecords === "create"
        ? new Route53Record(this, "validation-record", {
            provider: providers.forRecords(props.region),
            zoneId: props.zoneId,
            name: option.resourceRecordName,
            type: "CNAME",
            records: [option.resourceRecordValue],
            ttl: 300,
          })
        : undefined;
    const validation = new AcmCertificateValidation(this, "validation", {
      provider,
      certificateArn: certificate.arn,
      ...(record ? { validationRecordFqdns: [record.fqdn] } : {}),
      lifecycle: { createBeforeDestroy: true },
    });
    const domain = new Apigatewayv2DomainName(this, "domain-name", {
      provider,
      domainName: props.domainName,
      domainNameConfiguration: {
        certificateArn: validation.certificateArn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
        ipAddressType: props.ipAddressType,
      },
      mutualTlsAuthentication: props.mutualTls,
    });
    this.mapping = new Apigatewayv2ApiMapping(this, "mapping", {
      provider,
      apiId: props.apiId,
      domainName: domain.id,
      stage: props.stage,
    });
    this.target = {
      name: domain.domainNameConfiguration.targetDomainName,
      hostedZoneId: domain.domainNameConfiguration.hostedZoneId,
    };
  }
}
