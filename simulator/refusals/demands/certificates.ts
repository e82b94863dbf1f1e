import type { ObjectValue } from "../../protocol/values";
import type { CloudView } from "../cloud-view";
import { text, texts } from "../refusal";
import { parseArn } from "./arns";

/** What is wrong with a certificate for a service that needs it in one region. */
export type CertificateFault = "elsewhere" | "deleted" | "pending" | "uncovered";

/**
 * What is wrong with a certificate; undefined if nothing is, or if it was given by the user.
 * @param region where the service looks for it
 * @param names the DNS names that it has to cover
 */
export function faultOf(
  cloud: CloudView,
  certificate: string,
  region: string,
  names: readonly string[],
): CertificateFault | undefined {
  const arn = parseArn(certificate);
  if (arn?.service !== "acm") return undefined;
  if (arn.region !== region) return "elsewhere";
  const isThat = (state: ObjectValue): boolean => text(state, "arn") === certificate;
  const thing = cloud.withArn(certificate);
  if (thing?.type !== "aws_acm_certificate")
    return cloud.deleted("aws_acm_certificate", isThat) ? "deleted" : undefined;
  if (!isIssued(cloud, thing.state)) return "pending";
  const covered = [text(thing.state, "domain_name"), ...texts(thing.state, "subject_alternative_names")];
  return names.every((name) => covered.some((of) => covers(of, name))) ? undefined : "uncovered";
}

/** Imported certificates and those of a private authority are there at once; others wait for their DNS records. */
function isIssued(cloud: CloudView, certificate: ObjectValue): boolean {
  if (text(certificate, "certificate_body") || text(certificate, "certificate_authority_arn")) return true;
  const arn = text(certificate, "arn");
  const validates = (state: ObjectValue): boolean => text(state, "certificate_arn") === arn;
  if (cloud.find("aws_acm_certificate_validation", validates)) return true;
  // It may be waited for in another region's provider configuration, or not at all; the records tell then.
  return cloud.everywhere("aws_acm_certificate_validation", validates).length > 0;
}

/** `*` stands for one label. */
function covers(pattern: string, name: string): boolean {
  const folded = (dns: string): string => dns.toLowerCase().replace(/\.$/, "");
  const given = folded(name);
  return [given, given.replace(/^[^.]+/, "*")].includes(folded(pattern));
}
