import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";
import { ListenerCertificate } from "../load-balancer";
import { addressRecord } from "./records";
import { checkLength } from "./regional-name";
import type { ServingLoadBalancer } from "./serving-region";

export interface BalancerNameProps {
  readonly serving: ServingLoadBalancer;
  /** The domain name shared by all regions. */
  readonly domainName: string;
  readonly zoneId: string;
}

/**
 * A domain name for the load balancer of one region, `<region>.<domain>`, with a certificate of its own beside that of the shared
 * name: listeners choose among their certificates by the name that a client asks for.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
 */
export class BalancerName extends Construct {
  readonly fqdn: string;

  constructor(scope: Construct, id: string, { serving, domainName, zoneId }: BalancerNameProps) {
    super(scope, id);
    const { region, listenerArn, target } = serving;
    const { providers } = deploymentStackOf(this);
    const name = `${region}.${domainName}`;
    checkLength(this, name);
    const { certificateArn } = new ListenerCertificate(this, "domain", {
      region,
      domainName: name,
      zoneId,
      validationRecords: "create",
    });
    const attached = new LbListenerCertificate(this, "listener-certificate", {
      provider: providers.in(region),
      listenerArn,
      certificateArn,
      // One that is in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    this.fqdn = addressRecord(this, "record", region, {
      zoneId,
      name,
      alias: { name: target.name, zoneId: target.hostedZoneId, evaluateTargetHealth: false },
      // So that the name can be asked for by HTTPS when the first check runs.
      dependsOn: [attached],
    }).fqdn;
  }
}
