import { existsById, textsAt, unused } from "../demands/references";
import { type Answer, type Demand, type ServiceCalls, text } from "../refusal";

const prefix = "aws_route53recoverycontrolconfig_";
const service = "Route53 Recovery Control Config";
const words = "Route53 Recovery Control Config";

const conflict = (message: string): Answer => ({ status: 409, code: "ConflictException", message });
const absent = (arn: string): Answer => ({
  status: 404,
  code: "ResourceNotFoundException",
  message: `${arn} does not exist`,
});

/** A safety rule is about controls of its own panel. */
const controlsOfPanel: Demand = ({ values, cloud }) => {
  const given = ["asserted_controls", "gating_controls", "target_controls"].flatMap((name) => textsAt(values, name));
  const wrong = given.find((arn) => {
    const control = cloud.find(`${prefix}routing_control`, (state) => state.arn === arn);
    return control !== undefined && control.state.control_panel_arn !== values.control_panel_arn;
  });
  return wrong === undefined
    ? undefined
    : {
        status: 400,
        code: "ValidationException",
        message: `Routing control ${wrong} is not in the control panel ${text(values, "control_panel_arn")}`,
      };
};

const inUse = (attribute: string, types: readonly string[], what: string): Demand =>
  unused(
    types.map((type) => `${prefix}${type}`),
    (state, deleted) => textsAt(state, attribute).includes(text(deleted, "arn")),
    (user, { values }) => conflict(`${text(values, "name")} still has ${what} ${text(user.state, "name")}`),
  );

/** Its own default panel has the cluster's name for it, and is no resource. */
const nameTaken = ({ values }: { values: Parameters<typeof text>[0] }): Answer =>
  conflict(`The name ${text(values, "name")} is already in use`);

/**
 * Recovery control of Route 53 ARC; its API is in us-west-2.
 * @see https://docs.aws.amazon.com/recovery-cluster/latest/api/
 */
export const recoveryControl: ServiceCalls = {
  [`${prefix}cluster`]: {
    service,
    create: { name: "CreateCluster", says: () => `creating ${words} Cluster` },
    remove: { name: "DeleteCluster", says: () => `deleting ${words} Cluster` },
    exists: nameTaken,
    remembered: true,
    removalDemands: [inUse("cluster_arn", ["control_panel", "routing_control"], "the control panel")],
  },
  [`${prefix}control_panel`]: {
    service,
    create: { name: "CreateControlPanel", says: () => `creating ${words} Control Panel` },
    update: { name: "UpdateControlPanel", says: () => `updating ${words} Control Panel` },
    remove: { name: "DeleteControlPanel", says: () => `deleting ${words} Control Panel` },
    exists: nameTaken,
    remembered: true,
    demands: [existsById("cluster_arn", `${prefix}cluster`, absent)],
    removalDemands: [
      inUse("control_panel_arn", ["routing_control", "safety_rule"], "the routing control or safety rule"),
    ],
  },
  [`${prefix}routing_control`]: {
    service,
    create: { name: "CreateRoutingControl", says: () => `creating ${words} Routing Control` },
    update: { name: "UpdateRoutingControl", says: () => `updating ${words} Routing Control` },
    remove: { name: "DeleteRoutingControl", says: () => `deleting ${words} Routing Control` },
    exists: nameTaken,
    remembered: true,
    demands: [
      existsById("cluster_arn", `${prefix}cluster`, absent),
      existsById("control_panel_arn", `${prefix}control_panel`, absent),
    ],
    removalDemands: [
      ...["asserted_controls", "gating_controls", "target_controls"].map((attribute) =>
        inUse(attribute, ["safety_rule"], "the safety rule"),
      ),
    ],
  },
  [`${prefix}safety_rule`]: {
    service,
    create: { name: "CreateSafetyRule", says: () => `creating ${words} Assertion Rule` },
    update: { name: "UpdateSafetyRule", says: () => `updating ${words} Assertion Rule` },
    remove: { name: "DeleteSafetyRule", says: () => `deleting ${words} Safety Rule` },
    exists: nameTaken,
    demands: [
      existsById("control_panel_arn", `${prefix}control_panel`, absent),
      existsById("asserted_controls", `${prefix}routing_control`, absent),
      controlsOfPanel,
    ],
  },
};
