import type { DeploymentStack } from "../../../modules/core";
import { PipelineRoles } from "../../../modules/pipeline-roles";

export function giveAccess(stack: DeploymentStack): PipelineRoles {
  return new PipelineRoles(stack, "pipelines", {
    account: "444444444444",
    region: "eu-west-1",
    config: {
      oidc: { host: "github", repository: "example/shop" },
      environments: [
        {
          name: "prod",
          regions: ["eu-west-1", "eu-central-1"],
          states: [
            {
              bucket: "example-terraform-state-444444444444",
              region: "eu-north-1",
              keyPrefix: "evenkeel/prod",
              kmsKeyArn: "arn:aws:kms:eu-north-1:444444444444:key/mrk-1234abcd12ab34cd56ef1234567890ab",
            },
          ],
        },
      ],
    },
  });
}
