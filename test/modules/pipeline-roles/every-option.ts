import type { DeploymentStack } from "../../../modules/core";
import { PipelineRoles } from "../../../modules/pipeline-roles";

const account = "111111111111";

const states = (name: string) => [
  {
    bucket: "example-terraform-state",
    region: "eu-north-1" as const,
    keyPrefix: `evenkeel/${name}`,
    kmsKeyArn: `arn:aws:kms:eu-north-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  },
];

/** Every option, for a GitLab of one's own; and the least, for GitHub with a provider that is there. */
export function everyOption(stack: DeploymentStack): void {
  new PipelineRoles(stack, "full", {
    account,
    region: "eu-west-1",
    config: {
      oidc: {
        host: "gitlab",
        project: "group/shop",
        issuer: "gitlab.example.com",
        audience: "https://gitlab.example.com",
        thumbprints: ["0123456789abcdef0123456789abcdef01234567"],
      },
      mainBranch: "trunk",
      path: "/deployers/",
      maxSessionSeconds: 7200,
      environments: [
        {
          name: "full",
          previews: true,
          regions: ["eu-west-1", "eu-central-1"],
          states: states("full"),
          rolePath: "/platform/",
          hostedZoneIds: ["Z0EXAMPLE"],
          bundleKeyArns: [`arn:aws:kms:eu-west-1:${account}:key/mrk-0000abcd12ab34cd56ef1234567890ab`],
          assumes: ["arn:aws:iam::222222222222:role/records"],
          reaches: [{ actions: ["s3:GetObject"], resources: ["*"], reason: "pictures that partners own" }],
          resourceTypes: ["aws_dynamodb_table", "aws_lambda_function", "aws_iam_role"],
          unscoped: { reason: "one team owns the account" },
          plan: {
            subjects: [
              { subject: "project_path:group/shop:ref_type:branch:ref:*", reason: "every branch is reviewed" },
            ],
          },
          apply: { subjects: [{ subject: "project_path:group/shop:ref_type:tag:ref:v1" }] },
        },
      ],
    },
  });
  new PipelineRoles(stack, "least", {
    account,
    region: "eu-west-1",
    config: {
      oidc: {
        host: "github",
        repository: "example/shop",
        existingProviderArn: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
      },
      environments: [{ name: "least", regions: ["eu-west-1"], states: states("least") }],
    },
  });
}
