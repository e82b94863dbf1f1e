import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { ConstructError } from "./construct-error";
import { awsProviderRequirement } from "./engine";

export interface RegionalProvidersProps {
  /** The regions that the stack creates resources in. Each gets a provider with the region's name as its alias. */
  readonly regions: readonly string[];
  /** The only AWS account id that the stack may be applied to, 12 digits. */
  readonly account: string;
  /** Tags for every taggable resource in the stack. */
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the role that Terraform assumes; without one it uses the caller's own credentials. */
  readonly deployRoleArn?: string;
}

/** Finds the AWS provider of a region. */
export interface Providers {
  readonly regions: readonly string[];
  /** The provider for a region. @throws ConstructError if the stack does not have one */
  in(region: string): AwsProvider;
}

/**
 * One AWS provider per region, each with an alias, so that no resource ends up in a default region.
 * @see https://developer.hashicorp.com/terraform/language/providers/configuration
 */
export class RegionalProviders implements Providers {
  private readonly byRegion = new Map<string, AwsProvider>();

  constructor(
    private readonly scope: Construct & { addOverride(path: string, value: unknown): void },
    props: RegionalProvidersProps,
  ) {
    for (const region of new Set(props.regions)) {
      this.byRegion.set(
        region,
        // With a dot, which no name of a user has: ids of providers are in no address.
        new AwsProvider(scope, `aws.${region}`, {
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

  /** The provider for a region. @throws ConstructError if the stack does not include that region */
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
