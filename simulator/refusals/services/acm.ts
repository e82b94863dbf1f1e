import { existsById, names } from "../demands/references";
import { type Answer, type Demand, type ServiceCalls, text } from "../refusal";

/** Types that a certificate of the account is used by, with the place of its ARN. */
const users: Readonly<Record<string, string>> = {
  aws_cloudfront_distribution: "viewer_certificate.acm_certificate_arn",
  aws_apigatewayv2_domain_name: "domain_name_configuration.certificate_arn",
  aws_lb_listener: "certificate_arn",
  aws_lb_listener_certificate: "certificate_arn",
};

const notInUse: Demand = ({ values, cloud }) => {
  const inUse = Object.entries(users).some(
    ([type, path]) => cloud.everywhere(type, (state) => names(state, path, values.arn)).length > 0,
  );
  return inUse
    ? {
        status: 400,
        code: "ResourceInUseException",
        message: `Certificate ${text(values, "arn")} in account ${cloud.place.account} is in use.`,
      }
    : undefined;
};

const absent = (arn: string): Answer => ({
  status: 400,
  code: "ResourceNotFoundException",
  message: `Could not find certificate ${arn}.`,
});

/**
 * Certificates.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html
 */
export const acm: ServiceCalls = {
  aws_acm_certificate: {
    service: "ACM",
    create: {
      name: "RequestCertificate",
      says: (certificate) => `requesting ACM Certificate (${text(certificate, "domain_name")})`,
    },
    update: {
      name: "UpdateCertificateOptions",
      says: (certificate) => `updating ACM Certificate (${text(certificate, "arn")})`,
    },
    remove: {
      name: "DeleteCertificate",
      says: (certificate) => `deleting ACM Certificate (${text(certificate, "arn")})`,
    },
    remembered: true,
    removalDemands: [notInUse],
  },
  aws_acm_certificate_validation: {
    service: "ACM",
    create: {
      name: "DescribeCertificate",
      says: (validation) => `reading ACM Certificate (${text(validation, "certificate_arn")})`,
    },
    remove: {
      name: "DescribeCertificate",
      says: (validation) => `reading ACM Certificate (${text(validation, "certificate_arn")})`,
    },
    demands: [existsById("certificate_arn", "aws_acm_certificate", absent)],
  },
};
