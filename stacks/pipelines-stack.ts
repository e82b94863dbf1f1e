import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError } from "../modules/core";
import { PipelineRoles } from "../modules/pipeline-roles";
import { type AccountDeployment, StackOfAccount } from "./stack-of-account";

/**
 * The roles that pipelines assume in an account, in a state of its own: whoever deploys anything else in the account needs no rights over them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export class PipelinesStack extends StackOfAccount {
  constructor(scope: Construct, deployment: AccountDeployment) {
    super(scope, "pipelines", deployment);
    const { account, regions, pipelines } = deployment.config;
    if (!pipelines)
      throw new ConstructError(this, "has no pipelines", "name them in the account, or leave this stack out");
    const [region = ""] = regions;
    const { roles } = new PipelineRoles(this, "pipelines", { config: pipelines, account, region });
    for (const [environment, { planRoleArn, applyRoleArn, boundaryArn }] of roles) {
      const output = (what: string, value: string, description: string) =>
        new TerraformOutput(this, `${environment}-${what}`, { value, description, staticId: true });
      output("plan-role", planRoleArn, `Role that plans ${environment}.`);
      output("apply-role", applyRoleArn, `Role that applies ${environment}.`);
      output("boundary", boundaryArn, `iam.permissionsBoundaryArn of ${environment}.`);
    }
  }
}
