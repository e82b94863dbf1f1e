import type { Rule } from "../../contract";
import { accountRules } from "./account";
import { databaseLoginRules } from "./database-logins";
import { databaseRules } from "./databases";
import { edgeRules } from "./edges";
import { encryptionRules } from "./encryption";
import { existingNetworkRules } from "./existing-networks";
import { nameRules } from "./names";
import { policyRules } from "./policies";
import { protectionRules } from "./protection";
import { recoveryRules } from "./recovery";
import { referenceRules } from "./references";
import { regionRules } from "./regions";
import { removalRules } from "./removals";
import { tableRules } from "./tables";
import { tagRules } from "./tags";

export { stageRules } from "./stages";

/** The rules of the base environment, by subject; those of capabilities are in their own folders. */
export const baseRules: readonly Rule[] = [
  ...regionRules,
  ...accountRules,
  ...protectionRules,
  ...nameRules,
  ...referenceRules,
  ...tableRules,
  ...tagRules,
  ...databaseRules,
  ...databaseLoginRules,
  ...existingNetworkRules,
  ...encryptionRules,
  ...edgeRules,
  ...recoveryRules,
  ...removalRules,
  ...policyRules,
];
