import { experimentActions, experimentStops } from "../rules/chaos";
import type { Family } from "./type-values";

/** Values of Fault Injection Service, and of the runbooks of Systems Manager that its experiments start. */
export const chaos: Family = {
  aws_fis_experiment_template: {
    api: ["fis.CreateExperimentTemplate"],
    // The API has maps where the provider has blocks with names.
    members: {
      action: "actions{}",
      "action.name": null,
      "action.parameter": null,
      "action.target": null,
      target: "targets{}",
      "target.name": null,
      "target.filter": null,
      "target.resource_tag": null,
    },
    unchecked: {
      "action.name": "a name that only the template itself uses",
      "action.parameter.key": "each action has its own; those of the toolkit are checked with the action",
      "action.parameter.value": "each action has its own; durations are checked with the action",
      "action.target.key": "checked with the action",
      "action.target.value": "checked with the targets of the template",
      "log_configuration.log_schema_version": "AWS does not list the versions",
      "target.name": "a name that only the template itself uses",
    },
    rules: [experimentStops, experimentActions],
  },
  aws_ssm_document: {
    api: ["ssm.CreateDocument"],
    cfn: "AWS::SSM::Document",
  },
};
