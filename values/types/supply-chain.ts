import type { Family } from "./type-values";

/** Values of Signer, Inspector and GuardDuty. */
export const supplyChain: Family = {
  aws_guardduty_detector: {
    api: ["guardduty.CreateDetector"],
    own: {
      finding_publishing_frequency: {
        enum: ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"],
        see: "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html",
      },
    },
  },
  aws_guardduty_detector_feature: {
    api: ["guardduty.UpdateDetector.Features[]", "guardduty.UpdateDetector"],
    own: {
      detector_id: {
        pattern: "^[0-9a-f]{32}$",
        says: "is not the id of a detector; copy it from `aws guardduty list-detectors`",
        see: "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html",
      },
    },
  },
  aws_inspector2_enabler: {
    api: ["inspector2.Enable"],
    members: { account_ids: "accountIds", resource_types: "resourceTypes" },
  },
  aws_signer_signing_job: {
    api: ["signer.StartSigningJob"],
    unchecked: { "destination.s3.prefix": "Signer takes any text, and puts it before the id of the job" },
  },
  aws_signer_signing_profile: {
    api: ["signer.PutSigningProfile"],
    members: { name: "profileName" },
    own: {
      name_prefix: {
        pattern: "^[0-9A-Za-z_]{0,38}$",
        says: "is not the beginning of a profile's name; use up to 38 letters, digits and underscores",
        see: "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/signer_signing_profile",
      },
      platform_id: {
        enum: ["AWSLambda-SHA384-ECDSA"],
        because: "the model takes any text, and functions take code of this platform alone",
        see: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning-create.html",
      },
      "signature_validity_period.value": {
        min: 1,
        max: 4_110,
        because: "135 months in days, the longest that Signer takes",
        see: "https://docs.aws.amazon.com/signer/latest/developerguide/signing-profiles.html",
      },
    },
  },
};
