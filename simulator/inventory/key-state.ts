import type { KeyStates } from "../state-store/kms";
import type { Inventory } from "./inventory";

const types = ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key"];

/** States of the keys that an inventory knows, as KMS names them. A key that it never knew is taken as given and usable. */
export const keyStatesOf =
  (inventory: Inventory): KeyStates =>
  (arn) => {
    const key = inventory.withArn(arn);
    if (key) return key.state.is_enabled === false || key.state.enabled === false ? "Disabled" : "Enabled";
    const isDeleted = types.some((type) => inventory.deletedOf(type).some(({ state }) => state.arn === arn));
    return isDeleted ? "PendingDeletion" : undefined;
  };
