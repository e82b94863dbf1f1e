import dev from "../../../environments/dev";
import prod from "../../../environments/prod";
import { defineProject } from "../../../index";

export default defineProject({
  environments: [dev, prod],
  organisation: {
    defaults: {
      tags: { Company: "Example" },
      iam: {
        permissionsBoundaryArn: "arn:{partition}:iam::{account}:policy/platform-boundary",
        rolePath: "/platform/",
      },
      state: {
        bucket: "example-terraform-states",
        region: "eu-north-1",
        keyPrefix: "orders/{environment}",
        kmsKeyArn: "arn:{partition}:kms:eu-north-1:222222222222:key/mrk-1234abcd12ab34cd56ef1234567890ab",
      },
      alerts: { emails: ["on-call@example.com"] },
      retentionDays: { logs: 180 },
    },
    limits: {
      regions: ["eu-west-1", "eu-central-1"],
      requiredTags: { Team: {}, CostCenter: { values: ["orders", "payments"] } },
      minimumRetentionDays: { logs: 14, archives: 7 },
      rolePaths: ["/platform/"],
      requiredCapabilities: { deadLetters: { from: "hardening" } },
    },
  },
  rules: [
    {
      id: "prod-has-a-standby",
      statement: "An environment at optimization has a standby region.",
      check({ stage, regions }, report) {
        if (stage === "optimization" && regions.standby.length === 0) {
          report(["regions", "standby"], "is empty; name a region that takes over");
        }
      },
    },
  ],
  gates: [
    {
      id: "no-public-buckets",
      statement: "No plan creates a bucket policy.",
      why: "Buckets of this organisation are private.",
      howToFix: "grant access to a role instead",
      check: ({ resource_changes: changes = [] }) =>
        changes
          .filter(({ type, change }) => type === "aws_s3_bucket_policy" && change.actions.includes("create"))
          .map(({ address }) => ({ address, message: "would create a bucket policy" })),
    },
  ],
});
