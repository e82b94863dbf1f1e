import type { Family } from "./type-values";

/** Values of WAF. */
export const waf: Family = {
  aws_wafv2_ip_set: {
    api: ["wafv2.CreateIPSet"],
    cfn: "AWS::WAFv2::IPSet",
    members: { ip_address_version: "IPAddressVersion" },
  },
  aws_wafv2_web_acl: {
    api: ["wafv2.CreateWebACL"],
    cfn: "AWS::WAFv2::WebACL",
    own: {
      "rule.statement.byte_match_statement.search_string": {
        minLength: 1,
        maxLength: 200,
        bytes: true,
        see: "https://docs.aws.amazon.com/waf/latest/APIReference/API_ByteMatchStatement.html",
      },
    },
  },
  aws_wafv2_web_acl_association: { api: ["wafv2.AssociateWebACL"], cfn: "AWS::WAFv2::WebACLAssociation" },
  aws_wafv2_web_acl_logging_configuration: {
    api: ["wafv2.PutLoggingConfiguration.LoggingConfiguration"],
    cfn: "AWS::WAFv2::LoggingConfiguration",
    members: { "redacted_fields.single_header": "SingleHeader", "logging_filter.filter": "Filters" },
  },
};
