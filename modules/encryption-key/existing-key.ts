import type { Construct } from "constructs";
import { ConstructError } from "../core";
import { GrantingKey } from "./granting-key";
import type { KeyUser } from "./key-users";

export interface ExistingKeyProps {
  /** ARN of the key, or of its replica, by region; the home region first. */
  readonly arns: Readonly<Record<string, string>>;
  /** The services that the key's policy, which is its owner's, allows to use it. */
  readonly users: readonly KeyUser[];
  /** Whether its policy allows functions to encrypt and decrypt with it directly. */
  readonly directUse?: boolean;
}

/** A key that is there already: nothing of it is created or changed, and its owner looks after policy, rotation and alarms. */
export class ExistingKey extends GrantingKey {
  readonly regions: readonly string[];
  protected readonly users: readonly KeyUser[];
  protected readonly directUse: boolean;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExistingKeyProps,
  ) {
    super(scope, id);
    this.regions = Object.keys(props.arns);
    this.users = props.users;
    this.directUse = props.directUse ?? false;
  }

  arnIn(region: string): string {
    const arn = this.props.arns[region];
    if (arn !== undefined) return arn;
    throw new ConstructError(
      this,
      `names no existing key for ${region}, only for ${this.regions.join(", ")}`,
      `add the ARN of one in ${region} to existing`,
    );
  }

  addAlarms(): void {}
}
