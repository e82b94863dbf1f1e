import type { ObjectValue } from "../../protocol/values";
import { roleOf, trustedRole } from "../demands/roles";
import { missingTarget } from "../demands/targets";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Demand, type ServiceCalls, text, texts } from "../refusal";

const invalidRequest = (message: string): Answer => answer(400, "InvalidRequestException", message);
const invalidParameter = (message: string): Answer => answer(400, "InvalidParameterValueException", message);

/** X-Ray. @see https://docs.aws.amazon.com/xray/latest/api/ */
export const xray: ServiceCalls = {
  aws_xray_group: {
    service: "XRay",
    create: operation("CreateGroup", "creating XRay Group ({group_name})"),
    update: operation("UpdateGroup", "updating XRay Group ({arn})"),
    remove: operation("DeleteGroup", "deleting XRay Group ({arn})"),
    exists: () => invalidRequest("Group already exists."),
    demands: [
      ({ values }) =>
        text(values, "group_name").toLowerCase() === "default"
          ? invalidRequest("The group name Default is reserved.")
          : undefined,
    ],
  },
  aws_xray_sampling_rule: {
    service: "XRay",
    create: operation("CreateSamplingRule", "creating XRay Sampling Rule ({rule_name})"),
    update: operation("UpdateSamplingRule", "updating XRay Sampling Rule ({rule_name})"),
    remove: operation("DeleteSamplingRule", "deleting XRay Sampling Rule"),
    exists: () => invalidRequest("A sampling rule with this name already exists."),
  },
  aws_xray_encryption_config: {
    service: "XRay",
    create: operation("PutEncryptionConfig", "creating XRay Encryption Config"),
    remove: operation("PutEncryptionConfig", "deleting XRay Encryption Config"),
  },
};

const topicsExist = (addresses: (values: ObjectValue) => string[]): ServiceCalls[string]["warnings"] => [
  ({ values, cloud }) =>
    addresses(values)
      .filter((arn) => missingTarget(cloud, arn))
      .map((arn) => `tells ${arn}, which does not exist`),
];

/** Budgets and the detection of costs that are out of the ordinary. @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/ */
export const costs: ServiceCalls = {
  aws_budgets_budget: {
    service: "Budgets",
    create: operation("CreateBudget", "creating Budget ({name})"),
    update: operation("UpdateBudget", "updating Budget ({id})"),
    remove: operation("DeleteBudget", "deleting Budget ({id})"),
    exists: ({ values }) =>
      answer(
        400,
        "DuplicateRecordException",
        `Error creating budget: ${text(values, "name")} - the budget already exists.`,
      ),
    warnings: topicsExist((budget) =>
      blocks(budget, "notification").flatMap((notification) => texts(notification, "subscriber_sns_topic_arns")),
    ),
  },
  aws_budgets_budget_action: {
    service: "Budgets",
    create: operation("CreateBudgetAction", "creating Budget Action"),
    update: operation("UpdateBudgetAction", "updating Budget Action ({id})"),
    remove: operation("DeleteBudgetAction", "deleting Budget Action ({id})"),
    demands: [
      ({ values, cloud }) => {
        const name = text(values, "budget_name");
        return cloud.find("aws_budgets_budget", (budget) => text(budget, "name") === name)
          ? undefined
          : answer(404, "NotFoundException", `Unable to get budget: ${name} - the budget doesn't exist.`);
      },
    ],
    warnings: topicsExist((action) =>
      blocks(action, "subscriber").flatMap((subscriber) =>
        text(subscriber, "subscription_type") === "SNS" ? [text(subscriber, "address")] : [],
      ),
    ),
  },
  aws_ce_anomaly_monitor: {
    service: "Cost Explorer",
    create: operation("CreateAnomalyMonitor", "creating Cost Explorer Anomaly Monitor ({name})"),
    update: operation("UpdateAnomalyMonitor", "updating Cost Explorer Anomaly Monitor ({id})"),
    remove: operation("DeleteAnomalyMonitor", "deleting Cost Explorer Anomaly Monitor ({id})"),
    exists: () => answer(400, "LimitExceededException", "Limit exceeded on dimensional spend monitor creation"),
  },
  aws_ce_anomaly_subscription: {
    service: "Cost Explorer",
    create: operation("CreateAnomalySubscription", "creating Cost Explorer Anomaly Subscription ({name})"),
    update: operation("UpdateAnomalySubscription", "updating Cost Explorer Anomaly Subscription ({id})"),
    remove: operation("DeleteAnomalySubscription", "deleting Cost Explorer Anomaly Subscription ({id})"),
    demands: [
      ({ values, cloud }) => {
        const gone = texts(values, "monitor_arn_list").find((arn) =>
          ["elsewhere", "deleted"].includes(cloud.standing("aws_ce_anomaly_monitor", arn)),
        );
        return gone ? answer(400, "UnknownMonitorException", `Unknown monitor ${gone}`) : undefined;
      },
    ],
    warnings: topicsExist((subscription) =>
      blocks(subscription, "subscriber").map((subscriber) => text(subscriber, "address")),
    ),
  },
};

const stopConditions: Demand = ({ values, cloud }) => {
  const conditions = blocks(values, "stop_condition");
  if (conditions.some((each) => text(each, "source") === "aws:cloudwatch:alarm" && text(each, "value") === "")) {
    return answer(
      400,
      "ValidationException",
      "A value is required for the stop condition source aws:cloudwatch:alarm.",
    );
  }
  const alarms = conditions.filter((each) => text(each, "value") !== "").map((condition) => text(condition, "value"));
  const gone = alarms.find((arn) => missingTarget(cloud, arn));
  return gone ? answer(404, "ResourceNotFoundException", `Alarm ${gone} not found.`) : undefined;
};

/** @see https://docs.aws.amazon.com/fis/latest/APIReference/ */
export const fis: ServiceCalls = {
  aws_fis_experiment_template: {
    service: "fis",
    create: operation("CreateExperimentTemplate", "creating FIS Experiment Template"),
    update: operation("UpdateExperimentTemplate", "updating FIS Experiment Template ({id})"),
    remove: operation("DeleteExperimentTemplate", "deleting FIS Experiment Template ({id})"),
    demands: [
      trustedRole(
        ({ values }) => text(values, "role_arn"),
        "fis.amazonaws.com",
        () => answer(400, "ValidationException", "FIS is not authorized to assume the provided role."),
      ),
      stopConditions,
    ],
  },
};

const vault: Demand = ({ values, cloud }) => {
  const names = blocks(values, "rule").map((rule) => text(rule, "target_vault_name"));
  const isThere = (name: string): boolean =>
    name === "Default" || cloud.find("aws_backup_vault", (state) => text(state, "name") === name) !== undefined;
  const missing = names.find((name) => !isThere(name));
  return missing ? invalidParameter(`Backup vault ${missing} does not exist.`) : undefined;
};

const selections: Demand = ({ values, cloud }) =>
  cloud.all("aws_backup_selection", (state) => text(state, "plan_id") === text(values, "id")).length > 0
    ? invalidRequest("Related backup plan selections must be deleted prior to backup plan deletion")
    : undefined;

/** What is set on a vault that has been deleted, or is in another region. */
const itsVault: Demand = ({ values, cloud }) => {
  const name = text(values, "backup_vault_name");
  const isThere = cloud.find("aws_backup_vault", (state) => text(state, "name") === name) !== undefined;
  return isThere || name === ""
    ? undefined
    : answer(400, "ResourceNotFoundException", `Backup vault ${name} does not exist.`);
};

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/api-reference.html */
export const backup: ServiceCalls = {
  aws_backup_vault: {
    service: "Backup",
    create: operation("CreateBackupVault", "creating Backup Vault ({name})"),
    remove: operation("DeleteBackupVault", "deleting Backup Vault ({name})"),
    exists: ({ values, cloud: { place } }) =>
      answer(
        400,
        "AlreadyExistsException",
        `Backup vault with the same name already exists: arn:${place.partition}:backup:${place.region}:${place.account}:backup-vault:${text(values, "name")}`,
      ),
  },
  aws_backup_plan: {
    service: "Backup",
    remembered: true,
    create: operation("CreateBackupPlan", "creating Backup Plan ({name})"),
    update: operation("UpdateBackupPlan", "updating Backup Plan ({id})"),
    remove: operation("DeleteBackupPlan", "deleting Backup Plan ({id})"),
    demands: [vault],
    removalDemands: [selections],
  },
  aws_backup_selection: {
    service: "Backup",
    create: operation("CreateBackupSelection", "creating Backup Selection ({name})"),
    remove: operation("DeleteBackupSelection", "deleting Backup Selection ({id})"),
    demands: [
      ({ values, cloud }) =>
        ["elsewhere", "deleted"].includes(cloud.standing("aws_backup_plan", text(values, "plan_id")))
          ? answer(400, "ResourceNotFoundException", "Cannot find Backup plan")
          : undefined,
      trustedRole(
        ({ values }) => text(values, "iam_role_arn"),
        "backup.amazonaws.com",
        (role) => invalidParameter(`IAM Role ${role} cannot be assumed by AWS Backup`),
      ),
    ],
  },
  aws_backup_vault_lock_configuration: {
    service: "Backup",
    create: operation(
      "PutBackupVaultLockConfiguration",
      "creating Backup Vault Lock Configuration ({backup_vault_name})",
    ),
    remove: operation("DeleteBackupVaultLockConfiguration", "deleting Backup Vault Lock Configuration ({id})"),
    demands: [itsVault],
  },
  aws_backup_vault_policy: {
    service: "Backup",
    create: operation("PutBackupVaultAccessPolicy", "creating Backup Vault Policy ({backup_vault_name})"),
    update: operation("PutBackupVaultAccessPolicy", "updating Backup Vault Policy ({id})"),
    remove: operation("DeleteBackupVaultAccessPolicy", "deleting Backup Vault Policy ({id})"),
    demands: [itsVault],
  },
  aws_backup_region_settings: {
    service: "Backup",
    create: operation("UpdateRegionSettings", "creating Backup Region Settings"),
    update: operation("UpdateRegionSettings", "updating Backup Region Settings"),
    // Nothing is called: the settings of a region stay.
    remove: operation("UpdateRegionSettings", "deleting Backup Region Settings"),
  },
};

const capabilities: Demand = ({ values }) => {
  const template = text(values, "template_body");
  const given = texts(values, "capabilities");
  if (!/AWS::IAM::/.test(template)) return undefined;
  const named = /(RoleName|PolicyName|UserName|GroupName|ManagedPolicyName)/.test(template);
  const needed = named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM";
  const enough = given.includes("CAPABILITY_NAMED_IAM") || (!named && given.includes("CAPABILITY_IAM"));
  return enough ? undefined : answer(400, "InsufficientCapabilitiesException", `Requires capabilities : [${needed}]`);
};

const stackRole: Demand = ({ values, cloud }) => {
  const role = text(values, "iam_role_arn");
  return role !== "" && "missing" in roleOf(cloud, role)
    ? { status: 400, code: "ValidationError", message: `Role ${role} is invalid or cannot be assumed`, unlisted: true }
    : undefined;
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ */
export const cloudformation: ServiceCalls = {
  aws_cloudformation_stack: {
    service: "CloudFormation",
    create: operation("CreateStack", "creating CloudFormation Stack ({name})"),
    update: operation("UpdateStack", "updating CloudFormation Stack ({name})"),
    remove: operation("DeleteStack", "deleting CloudFormation Stack ({name})"),
    exists: ({ values }) => answer(400, "AlreadyExistsException", `Stack [${text(values, "name")}] already exists`),
    demands: [capabilities, stackRole],
  },
};

/** @see https://docs.aws.amazon.com/signer/latest/api/ */
export const signer: ServiceCalls = {
  aws_signer_signing_profile: {
    service: "signer",
    create: operation("PutSigningProfile", "creating Signer Signing Profile ({name})"),
    remove: operation("CancelSigningProfile", "deleting Signer Signing Profile ({name})"),
    exists: ({ values }) =>
      answer(400, "ValidationException", `Signing profile ${text(values, "name")} already exists.`),
    // It is cancelled, and stays.
    heldForMs: () => Number.POSITIVE_INFINITY,
    held: ({ values }) =>
      answer(400, "ValidationException", `Signing profile ${text(values, "name")} already exists and is cancelled.`),
  },
  aws_signer_signing_job: {
    service: "signer",
    create: operation("StartSigningJob", "creating Signer Signing Job"),
    // A job stays; the provider forgets it.
    remove: operation("DescribeSigningJob", "deleting Signer Signing Job ({id})"),
    demands: [
      ({ values, cloud }) => {
        const name = text(values, "profile_name");
        const found = cloud.find("aws_signer_signing_profile", (state) => text(state, "name") === name);
        return found ? undefined : answer(404, "ResourceNotFoundException", `Signing profile ${name} not found.`);
      },
      ({ values, cloud }) => {
        const [source = {}] = blocks(values, "source").flatMap((block) => blocks(block, "s3"));
        const [bucket, key, version] = ["bucket", "key", "version"].map((name) => text(source, name));
        const known = cloud.find("aws_s3_bucket", (state) => text(state, "bucket") === bucket);
        const object = cloud.find(
          "aws_s3_object",
          (state) => text(state, "bucket") === bucket && text(state, "key") === key,
        );
        if (!known || (object && text(object.state, "version_id") === version)) return undefined;
        return answer(
          400,
          "ValidationException",
          `The version ${version} of the object ${key} in the bucket ${bucket} could not be read.`,
        );
      },
      ({ values, cloud }) => {
        const buckets = ["source", "destination"].map(
          (end) => blocks(values, end).flatMap((block) => blocks(block, "s3"))[0] ?? {},
        );
        const wrong = buckets
          .map((block) => cloud.anywhere("aws_s3_bucket", (state) => text(state, "bucket") === text(block, "bucket")))
          .find((thing) => thing && thing.place.region !== cloud.place.region);
        return wrong
          ? answer(
              400,
              "ValidationException",
              `The bucket ${text(wrong.state, "bucket")} is not in ${cloud.place.region}.`,
            )
          : undefined;
      },
    ],
  },
};

const members: Demand = ({ values, cloud }) => {
  const id = text(values, "id");
  const inside = ["aws_guardduty_member", "aws_guardduty_publishing_destination"].flatMap((type) =>
    cloud.all(type, (state) => text(state, "detector_id") === id),
  );
  return inside.length > 0
    ? answer(
        400,
        "BadRequestException",
        "The request is rejected because the current account cannot delete detector while it has invited or associated members.",
      )
    : undefined;
};

/** GuardDuty and Inspector. @see https://docs.aws.amazon.com/guardduty/latest/APIReference/ */
export const security: ServiceCalls = {
  aws_guardduty_detector: {
    service: "GuardDuty",
    create: operation("CreateDetector", "creating GuardDuty Detector"),
    update: operation("UpdateDetector", "updating GuardDuty Detector ({id})"),
    remove: operation("DeleteDetector", "deleting GuardDuty Detector ({id})"),
    exists: () =>
      answer(
        400,
        "BadRequestException",
        "The request is rejected because a detector already exists for the current account.",
      ),
    removalDemands: [members],
    remembered: true,
  },
  aws_inspector2_enabler: {
    service: "Inspector2",
    create: operation("Enable", "creating Amazon Inspector Enabler ({id})"),
    update: operation("Enable", "updating Amazon Inspector Enabler ({id})"),
    remove: operation("Disable", "deleting Amazon Inspector Enabler ({id})"),
    demands: [
      ({ values }) => {
        const types = texts(values, "resource_types");
        return types.includes("LAMBDA_CODE") && !types.includes("LAMBDA")
          ? answer(
              400,
              "ValidationException",
              "Lambda code scanning cannot be enabled without Lambda standard scanning.",
            )
          : undefined;
      },
    ],
  },
  aws_guardduty_detector_feature: {
    service: "GuardDuty",
    create: operation("UpdateDetector", "updating GuardDuty Detector ({detector_id}) Feature ({name})"),
    update: operation("UpdateDetector", "updating GuardDuty Detector ({detector_id}) Feature ({name})"),
    // Terraform leaves the feature as it is.
    remove: operation("UpdateDetector", "deleting GuardDuty Detector Feature ({id})"),
    demands: [
      ({ values, cloud }) =>
        ["elsewhere", "deleted"].includes(cloud.standing("aws_guardduty_detector", text(values, "detector_id")))
          ? answer(
              400,
              "BadRequestException",
              "The request is rejected because the input detectorId is not owned by the current account.",
            )
          : undefined,
    ],
  },
};
