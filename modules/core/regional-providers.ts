import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { ConstructError } from "./construct-error";

export interface RegionalProvidersProps {
  /** The regions that the stack creates resources in; each gets a provider whose alias is the region's name. */
  readonly regions: readonly string[];
  /** The only AWS account that the stack may be applied to, 12 digits. */
  readonly account: string;
  /** Tags of every taggable resource in the stack. */
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the role that Terraform assumes; none uses the caller's own credentials. */
  readonly deployRoleArn?: string;
}

/** The exact provider that the generated Terraform is made for and tested with. */
export const awsProviderRequirement = { source: "hashicorp/aws", version: "5.100.0" } as const;

/**
 * One AWS provider per region, each with an alias, so that no resource can land in a region by default.
 * @see https://developer.hashicorp.com/terraform/language/providers/configuration
 */
export class RegionalProviders {
  private readonly byRegion = new Map<string, AwsProvider>();

  constructor(
    private readonly scope: Construct & { addOverride(path: string, value: unknown): void },
    props: RegionalProvidersProps,
  ) {
    for (const region of new Set(props.regions)) {
      this.byRegion.set(
        region,
        new AwsProvider(scope, region, {
          alias: region,
          region,
          allowedAccountIds: [props.account],
          defaultTags: [{ tags: { ...props.tags } }],
          ...(props.deployRoleArn ? { assumeRole: [{ roleArn: props.deployRoleArn }] } : {}),
        }),
      );
    }
    scope.addOverride("terraform.required_providers.aws", awsProviderRequirement);
  }

  /** The regions that have a provider. */
  get regions(): string[] {
    return [...this.byRegion.keys()];
  }

  /** The provider of a region. @throws ConstructError when the stack was not made for that region */
  in(region: string): AwsProvider {
    const provider = this.byRegion.get(region);
    if (provider) return provider;
    throw new ConstructError(
      this.scope,
      `has no provider for region "${region}", only for ${this.regions.join(", ")}`,
      "add the region to the stack's regions",
    );
  }
}
