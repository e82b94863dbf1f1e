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
  /**
   * ARN of the role that Terraform assumes, by way of `deployRoleArn`, to write DNS records: one of the account of the
   * hosted zones. Without one, records are written as everything else is.
   */
  readonly recordsRoleArn?: string;
}

/** Alias of the provider that writes DNS records into hosted zones of another account; no region is called that. */
export const hostedZonesAlias = "hosted-zones";

/** Finds the AWS provider of a region. */
export interface Providers {
  readonly regions: readonly string[];
  /** The provider for a region. @throws ConstructError if the stack does not have one */
  in(region: string): AwsProvider;
  /**
   * The provider for records in hosted zones: one of its own where the zones are in another account, else that of the region.
   * @throws ConstructError if the stack has neither
   */
  forRecords(region: string): AwsProvider;
}

/**
 * One AWS provider per region, each with an alias, so that no resource ends up in a default region; and one for DNS records
 * where hosted zones are in another account.
 * @see https://developer.hashicorp.com/terraform/language/providers/configuration
 */
export class RegionalProviders implements Providers {
  private readonly byRegion = new Map<string, AwsProvider>();
  private readonly hostedZones?: AwsProvider;

  constructor(
    private readonly scope: Construct & { addOverride(path: string, value: unknown): void },
    props: RegionalProvidersProps,
  ) {
    const { regions, account, tags, deployRoleArn, recordsRoleArn } = props;
    const add = (alias: string, region: string, allowedAccount: string, roleArns: readonly string[]) =>
      // With a dot, which no name of a user has: ids of providers are in no address.
      new AwsProvider(scope, `aws.${alias}`, {
        alias,
        region,
        allowedAccountIds: [allowedAccount],
        defaultTags: [{ tags: { ...tags } }],
        ...(roleArns.length > 0 ? { assumeRole: roleArns.map((roleArn) => ({ roleArn })) } : {}),
      });
    const deployRoles = deployRoleArn ? [deployRoleArn] : [];
    for (const region of new Set(regions)) this.byRegion.set(region, add(region, region, account, deployRoles));
    const [first] = regions;
    if (recordsRoleArn && first) {
      // In every stack: Terraform needs it for the last records too, when they are taken out of the configuration.
      const roles = [...deployRoles, recordsRoleArn];
      this.hostedZones = add(hostedZonesAlias, first, this.accountOfRole(recordsRoleArn), roles);
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

  forRecords(region: string): AwsProvider {
    return this.hostedZones ?? this.in(region);
  }

  private accountOfRole(arn: string): string {
    const [, account] = /^arn:[^:]+:iam::(\d{12}):role\//.exec(arn) ?? [];
    if (account) return account;
    throw new ConstructError(this.scope, `"${arn}" is not the ARN of a role`, "pass that of a role as recordsRoleArn");
  }
}
