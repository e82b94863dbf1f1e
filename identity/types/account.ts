import { folded, set, text } from "../forms";
import type { Rules } from "../rule";

/** Budgets, costs, stacks of CloudFormation, and services that an account or region has once. */
export const account: Rules = {
  aws_budgets_budget: { scope: "account", name: "budget {name}" },
  // An account has one monitor for each dimension, and as many of its own making as it wants.
  aws_ce_anomaly_monitor: {
    scope: "account",
    name: "the cost anomaly monitor of every {monitor_dimension}",
    read: {
      monitor_dimension: (value, { monitor_type }) => (monitor_type === "DIMENSIONAL" ? String(value) : undefined),
    },
  },
  aws_cloudformation_stack: { scope: "region", name: "CloudFormation stack {name}" },
  aws_signer_signing_profile: { scope: "region", name: "signing profile {name}" },
  aws_inspector2_enabler: {
    scope: "region",
    name: "the scans of {resource_types} in {account_ids}",
    read: { resource_types: set, account_ids: set },
  },
  aws_guardduty_detector: { scope: "region", name: "the detector of GuardDuty" },
  aws_guardduty_detector_feature: { scope: "region", name: "the feature {name} of detector {detector_id}" },
  aws_sfn_state_machine: { scope: "region", name: "state machine {name}" },
  aws_synthetics_canary: { scope: "region", name: "canary {name}", read: { name: folded } },
  aws_codedeploy_app: { scope: "region", name: "CodeDeploy application {name}", read: { name: text } },
};
