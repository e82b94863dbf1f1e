import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Aspects, TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { Deployment } from "../contract";
import { ignoredOutput, loweredOutput } from "../contract/told-outputs";
import { applyRoleSettings, DeploymentStack } from "../modules/core";
import { addBackend } from "./backend";
import { ignoredArguments } from "./ignored-arguments";
import { regionsThatWere } from "./leaving";
import { checkAddressesOfMoves, moveBlocksOf } from "./moves";

/** The parts of a stack's `cdk.tf.json` that are read and added to here. */
export interface Rendered {
  readonly resource?: Parameters<typeof ignoredArguments>[0];
  output?: Readonly<Record<string, unknown>>;
}

/** Outputs by name. */
export type ToldOutputs = Readonly<Record<string, { readonly value: unknown }>>;

/** A stack of one environment: named after it, tagged for it, with a state of its own. */
export class EnvironmentStack extends DeploymentStack {
  /** The addresses that it has at the stage that the environment is lowered from. */
  private addressesBefore: readonly string[] = [];

  constructor(
    scope: Construct,
    name: string,
    readonly deployment: Deployment,
    regions: readonly string[],
  ) {
    super(scope, `${deployment.environment}-${name}`, {
      regions: [...regions, ...regionsThatWere(deployment)],
      account: deployment.account,
      tags: deployment.tags,
      deployRoleArn: deployment.deployRoleArn,
      recordsRoleArn: deployment.recordsRoleArn,
      roles: deployment.roles,
    });
    addBackend(this, deployment.state);
    Aspects.of(this).add({
      visit: (construct) => {
        this.protectLogGroup(construct);
        applySettingsToRole(construct);
      },
    });
  }

  /** With what gates compare from one plan to the next. */
  override toTerraform(): unknown {
    const rendered = super.toTerraform() as Rendered;
    this.addMoves(rendered);
    const told = this.toldOutputs(rendered);
    if (Object.keys(told).length === 0) return rendered;
    rendered.output = { ...rendered.output, ...told };
    return rendered;
  }

  /** Blocks for what the environment renames, lets go and takes in, beside those that constructs have added. */
  private addMoves(rendered: Rendered): void {
    const { moves, environment } = this.deployment;
    if (!moves) return;
    checkAddressesOfMoves(environment, moves, this.node.id, rendered.resource);
    const all = rendered as Record<string, unknown>;
    for (const [kind, blocks] of Object.entries(moveBlocksOf(moves, this.node.id))) {
      all[kind] = [...[all[kind] ?? []].flat(), ...blocks];
    }
  }

  /** Has it tell gates which of some addresses it has no more. */
  tellLoweredFrom(addresses: readonly string[]): void {
    this.addressesBefore = addresses;
  }

  /** Outputs for gates, by name. */
  protected toldOutputs({ resource = {} }: Rendered): ToldOutputs {
    const ignored = ignoredArguments(resource);
    const gone = this.addressesBefore.filter((address) => {
      const [type = "", name = ""] = address.split(".");
      return resource[type]?.[name] === undefined;
    });
    return {
      ...(Object.keys(ignored).length > 0 ? { [ignoredOutput]: { value: ignored } } : {}),
      ...(gone.length > 0 ? { [loweredOutput]: { value: gone.sort() } } : {}),
    };
  }

  /** As an override, because the bindings of older providers do not have the argument. Those of a team are protected too. */
  private protectLogGroup(construct: IConstruct): void {
    const { logGroupDeletionProtection: isProtected } = this.deployment.config;
    if (isProtected === undefined || !TerraformResource.isTerraformResource(construct)) return;
    if (construct.terraformResourceType !== "aws_cloudwatch_log_group") return;
    const leaves = this.deployment.unprotectedRegions.includes(construct.provider?.alias ?? "");
    construct.addOverride("deletion_protection_enabled", isProtected && !leaves);
  }
}

/** Roles that a team makes without a module have the path and the boundary of the environment too. */
function applySettingsToRole(construct: IConstruct): void {
  if (!TerraformResource.isTerraformResource(construct)) return;
  if (construct.terraformResourceType === "aws_iam_role") applyRoleSettings(construct as IamRole);
}
