import { SeededRandom } from "../../fill/random";
import { blocksOf, either, textOf } from "../forms";
import { type ReadSubject, type ServiceReads, untouched } from "../rule";

const validityMs = 395 * 24 * 3600 * 1000;

/** True once a record proves that a domain of the certificate is its owner's, or somebody waited for that. */
function isValidated(certificate: ReadSubject): boolean {
  const { neighbours } = certificate;
  const awaited = neighbours
    .of("aws_acm_certificate_validation")
    .some(({ certificate_arn }) => certificate_arn === certificate.text("arn"));
  const plain = (name: string): string => name.toLowerCase().replace(/\.$/, "");
  const wanted = blocksOf(certificate.list("domain_validation_options")).map(({ resource_record_name }) =>
    plain(textOf(resource_record_name)),
  );
  const records = new Set(neighbours.everywhere("aws_route53_record").map(({ name }) => plain(textOf(name))));
  return awaited || (wanted.length > 0 && wanted.every((name) => records.has(name)));
}

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html */
function issued(certificate: ReadSubject): { not_before: string; not_after: string } {
  const from = new SeededRandom(certificate.text("arn")).date();
  const text = (date: Date): string => date.toISOString().replace(".000Z", "Z");
  return { not_before: text(from), not_after: text(new Date(from.getTime() + validityMs)) };
}

/** Certificates, records and health checks. */
export const dns: ServiceReads = {
  aws_acm_certificate: {
    untouched: ["private_key", "certificate_body", "certificate_chain", "early_renewal_duration"],
    answers: (certificate) => ({
      ...(certificate.text("type") === "AMAZON_ISSUED" && {
        options: either(certificate.state.options, [{ certificate_transparency_logging_preference: "ENABLED" }]),
      }),
      ...(certificate.text("status") === "PENDING_VALIDATION" &&
        isValidated(certificate) && { status: "ISSUED", ...issued(certificate) }),
    }),
  },
  aws_acm_certificate_validation: untouched("validation_record_fqdns"),
  aws_route53_record: untouched("allow_overwrite"),
  aws_route53_health_check: untouched("triggers"),
  aws_route53_zone: untouched("force_destroy"),
};
