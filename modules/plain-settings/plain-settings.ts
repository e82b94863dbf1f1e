import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import {
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  isParameterPath,
  parametersBelow,
  parseConfig,
} from "../core";
import { type PlainSettingsInput, plainSettingsConfig } from "./config";

export interface PlainSettingsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: PlainSettingsInput;
  /** The path of the parameters, `/<environment>/<service>`; cannot change. */
  readonly path: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The regions that have the settings, home first. Adding one only adds parameters. */
  readonly regions: readonly string[];
}

/**
 * Settings that are not secrets, as Parameter Store parameters in the standard tier, with the same names in each
 * region.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
 */
export class PlainSettings extends Construct {
  /** `/<environment>/<service>`; handlers read all settings below it. */
  readonly path: string;
  readonly regions: readonly string[];
  private readonly account: string;

  constructor(scope: Construct, id: string, props: PlainSettingsProps) {
    super(scope, id);
    const { settings } = parseConfig(plainSettingsConfig, props.config, this.node.path);
    this.path = props.path;
    this.regions = props.regions;
    this.account = props.account;
    this.checkPath(Object.keys(settings));
    this.checkRegions();
    const { providers } = deploymentStackOf(this);
    for (const [name, { value, valueIn, description, allowedPattern }] of Object.entries(settings)) {
      this.checkRegionsOf(name, Object.keys(valueIn));
      for (const region of props.regions) {
        const parameter = new SsmParameter(this, `${name}-${region}`, {
          provider: providers.in(region),
          name: `${this.path}/${name}`,
          type: "String",
          tier: "Standard",
          dataType: "text",
          description,
          allowedPattern: allowedPattern === undefined ? undefined : `^(?:${allowedPattern})$`,
          // Not sensitive on purpose, so that plans show what changes.
          insecureValue: (valueIn as Record<string, string>)[region] ?? value,
        });
        acceptFinding(
          parameter,
          "CKV2_AWS_34",
          "A plain setting: what looks like a secret is refused, and a plan shows what changes.",
        );
      }
    }
  }

  /** The name of a parameter, the same in each region. */
  parameterName(setting: string): string {
    return `${this.path}/${setting}`;
  }

  /** Lets a principal read the settings in its own region. @throws ConstructError if the region has no settings */
  grantRead(grantee: Grantee): void {
    const { region } = grantee;
    if (!this.regions.includes(region)) {
      throw new ConstructError(
        this,
        `has no settings in region "${region}", only in ${this.regions.join(", ")}`,
        "add the region to the settings' regions",
      );
    }
    grantee.addToRolePolicy({
      actions: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
      resources: parametersBelow({ region, account: this.account, path: this.path }),
    });
  }

  /** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
  private checkPath(names: readonly string[]): void {
    if (!isParameterPath(this.path)) {
      throw new ConstructError(
        this,
        `"${this.path}" is not a valid parameter path`,
        "start with a slash, use letters, digits, _ . - and slashes, and do not begin with aws or ssm",
      );
    }
    const levels = this.path.split("/").length;
    if (levels > 15) {
      throw new ConstructError(
        this,
        `the parameters would have ${levels} levels, but AWS allows 15`,
        "shorten the path",
      );
    }
    const longest = Math.max(...names.map((name) => this.parameterName(name).length));
    if (longest > 1011) {
      throw new ConstructError(
        this,
        `a parameter's name would have ${longest} characters, but AWS allows 1011`,
        "shorten the path",
      );
    }
  }

  private checkRegions(): void {
    const repeated = this.regions.find((region, index) => this.regions.indexOf(region) !== index);
    if (repeated) throw new ConstructError(this, `region "${repeated}" is listed twice`, "list each region once");
  }

  private checkRegionsOf(setting: string, regions: readonly string[]): void {
    const unknown = regions.find((region) => !this.regions.includes(region));
    if (unknown) {
      throw new ConstructError(
        this,
        `the setting "${setting}" has a value in region "${unknown}", which has no settings`,
        `use one of ${this.regions.join(", ")}, or add the region`,
      );
    }
  }
}
