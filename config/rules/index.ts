import type { Rule } from "../../contract";
import type { StageTable } from "../stages";
import { accessRules } from "./access";
import { accountRules } from "./account";
import { availabilityRules } from "./availability";
import { codeRules } from "./code";
import { containerRules } from "./containers";
import { costRules } from "./costs";
import { databaseClassRules } from "./database-classes";
import { databaseEngineRules } from "./database-engines";
import { databaseLoginRules } from "./database-logins";
import { databaseRules } from "./databases";
import { edgeRules } from "./edges";
import { encryptionRules } from "./encryption";
import { existingDataRules } from "./existing-data";
import { existingKeyRules } from "./existing-keys";
import { existingNetworkRules } from "./existing-networks";
import { identifierRules } from "./identifiers";
import { nameRules } from "./names";
import { policyRules } from "./policies";
import { protectionRules } from "./protection";
import { queueRules } from "./queues";
import { quotaRules } from "./quotas";
import { recoveryRules } from "./recovery";
import { referenceRules } from "./references";
import { regionalOverrideRules } from "./regional-overrides";
import { regionRules } from "./regions";
import { removalRules } from "./removals";
import { rolloutRules } from "./rollout";
import { scheduleRules } from "./schedules";
import { stageRules } from "./stages";
import { streamRules } from "./streams";
import { tableRules } from "./tables";
import { tagRules } from "./tags";
import { tracingRules } from "./tracing";
import { trafficRules } from "./traffic";
import { variableRules } from "./variables";
import { vaultLoginRules } from "./vault-logins";
import { waitRules } from "./waits";

/** The rules that need to know which stage brings what. */
export const rulesOfStages = (table: StageTable): readonly Rule[] => [
  ...stageRules(table),
  ...availabilityRules(table),
];

/** The rules of the base environment, by subject; those of capabilities are in their own folders. */
export const baseRules: readonly Rule[] = [
  ...regionRules,
  ...costRules,
  ...regionalOverrideRules,
  ...accountRules,
  ...trafficRules,
  ...containerRules,
  ...identifierRules,
  ...quotaRules,
  ...protectionRules,
  ...nameRules,
  ...referenceRules,
  ...codeRules,
  ...queueRules,
  ...streamRules,
  ...scheduleRules,
  ...tableRules,
  ...tagRules,
  ...databaseRules,
  ...databaseClassRules,
  ...databaseEngineRules,
  ...databaseLoginRules,
  ...existingDataRules,
  ...existingKeyRules,
  ...existingNetworkRules,
  ...encryptionRules,
  ...vaultLoginRules,
  ...edgeRules,
  ...accessRules,
  ...variableRules,
  ...tracingRules,
  ...waitRules,
  ...recoveryRules,
  ...removalRules,
  ...rolloutRules,
  ...policyRules,
];
