import { isAbsolute, join, relative, resolve } from "node:path";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { App, Aspects, LocalBackend, S3Backend, type S3BackendConfig, TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { Deployment } from "../contract";
import { applyRoleSettings, DeploymentStack } from "../modules/core";

/** A stack of one environment: named after it, tagged for it, with a state of its own. */
export class EnvironmentStack extends DeploymentStack {
  constructor(
    scope: Construct,
    name: string,
    readonly deployment: Deployment,
    regions: readonly string[],
  ) {
    super(scope, `${deployment.environment}-${name}`, {
      regions,
      account: deployment.account,
      tags: deployment.tags,
      deployRoleArn: deployment.deployRoleArn,
      recordsRoleArn: deployment.recordsRoleArn,
      roles: deployment.roles,
    });
    this.addBackend(deployment.state);
    Aspects.of(this).add({
      visit: (construct) => {
        this.protectLogGroup(construct);
        applySettingsToRole(construct);
      },
    });
  }

  /** As an override, because the bindings of older providers do not have the argument. Those of a team are protected too. */
  private protectLogGroup(construct: IConstruct): void {
    const { logGroupDeletionProtection: isProtected } = this.deployment.config;
    if (isProtected === undefined || !TerraformResource.isTerraformResource(construct)) return;
    if (construct.terraformResourceType !== "aws_cloudwatch_log_group") return;
    construct.addOverride("deletion_protection_enabled", isProtected);
  }

  private addBackend(state: Deployment["state"]): void {
    const stateFile = `${this.node.id}.tfstate`;
    // cdktf calls every backend "backend", which may also be the name of a table or a service.
    const scope = new Construct(this, "terraform.state");
    if (state.backend === "local") {
      // cdktf would write an absolute path. Terraform runs in the stack's folder, so the path is relative to that.
      const stackFolder = join(resolve(App.of(this).outdir), "stacks", this.node.id);
      const directory = isAbsolute(state.directory)
        ? relative(stackFolder, state.directory)
        : // As it always was: Terraform would take another text for another backend.
          join(relative(stackFolder, process.cwd()), state.directory);
      new LocalBackend(scope, { path: join(directory, stateFile) });
      return;
    }
    const config: S3BackendConfig & { useLockfile: boolean } = {
      bucket: state.bucket,
      key: `${state.keyPrefix}/${stateFile}`,
      region: state.region,
      kmsKeyId: state.kmsKeyArn,
      encrypt: true,
      useLockfile: state.lockFile,
    };
    new S3Backend(scope, config);
  }
}

/** Roles that a team makes without a module have the path and the boundary of the environment too. */
function applySettingsToRole(construct: IConstruct): void {
  if (!TerraformResource.isTerraformResource(construct)) return;
  if (construct.terraformResourceType === "aws_iam_role") applyRoleSettings(construct as IamRole);
}
