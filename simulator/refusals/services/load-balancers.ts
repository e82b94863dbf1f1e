import type { ObjectValue } from "../../protocol/values";
import { faultOf } from "../demands/certificates";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text, texts } from "../refusal";

const service = "Elastic Load Balancing v2";

const isGone = (cloud: Call["cloud"], type: string, id: string): boolean =>
  id !== "" && ["elsewhere", "deleted"].includes(cloud.standing(type, id));

const absent = (code: string, message: string): Answer => answer(400, code, message);

const subnetsOf = (balancer: ObjectValue): string[] => [
  ...texts(balancer, "subnets"),
  ...blocks(balancer, "subnet_mapping").map((mapping) => text(mapping, "subnet_id")),
];

const network: Demand = ({ values, cloud }) => {
  const subnets = subnetsOf(values);
  const missing = subnets.find((id) => isGone(cloud, "aws_subnet", id));
  if (missing) return absent("SubnetNotFound", `The subnet ID '${missing}' does not exist`);
  const group = texts(values, "security_groups").find((id) => isGone(cloud, "aws_security_group", id));
  if (group) return absent("InvalidSecurityGroup", `The security group '${group}' does not exist`);
  const known = subnets.flatMap((id) => cloud.all("aws_subnet", (state) => text(state, "id") === id));
  const zones = new Set(known.map(({ state }) => text(state, "availability_zone")));
  const application = (text(values, "load_balancer_type") || "application") === "application";
  const oneZone = subnets.length === 1 || (known.length === subnets.length && known.length > 0 && zones.size < 2);
  if (application && oneZone)
    return answer(400, "ValidationError", "At least two subnets in two different Availability Zones must be specified");
  const vpc = known.map(({ state }) => text(state, "vpc_id")).find((id) => id !== "");
  const closed =
    vpc !== undefined &&
    cloud.find("aws_vpc", (state) => text(state, "id") === vpc) !== undefined &&
    cloud.find("aws_internet_gateway", (state) => text(state, "vpc_id") === vpc) === undefined;
  return closed && values.internal !== true
    ? answer(400, "InvalidSubnet", `VPC ${vpc} has no internet gateway`)
    : undefined;
};

/** A function has no port. */
const port: Demand = ({ values }) =>
  text(values, "target_type") === "lambda" && typeof values.port === "number" && values.port > 0
    ? answer(400, "ValidationError", "Port cannot be specified for target groups with target type 'lambda'")
    : undefined;

const secured: Demand = ({ values }) =>
  text(values, "protocol") === "HTTPS" && text(values, "certificate_arn") === ""
    ? answer(400, "ValidationError", "A certificate must be specified for HTTPS listeners")
    : undefined;

const unprotected: Demand = ({ values }) =>
  values.enable_deletion_protection === true
    ? answer(
        400,
        "OperationNotPermitted",
        `Load balancer '${text(values, "arn")}' cannot be deleted because deletion protection is enabled`,
      )
    : undefined;

/** Target groups that a listener or one of its rules sends to. */
const groupsOf = (state: ObjectValue): string[] =>
  ["default_action", "action"]
    .flatMap((name) => blocks(state, name))
    .flatMap((action) => [
      text(action, "target_group_arn"),
      ...blocks(action, "forward")
        .flatMap((forward) => blocks(forward, "target_group"))
        .map((group) => text(group, "arn")),
    ])
    .filter((arn) => arn !== "");

const unnamed: Demand = ({ values, cloud }) => {
  const arn = text(values, "arn");
  const used = ["aws_lb_listener", "aws_lb_listener_rule"].some(
    (type) => cloud.all(type, (state) => groupsOf(state).includes(arn)).length > 0,
  );
  return used
    ? answer(400, "ResourceInUse", `Target group '${arn}' is currently in use by a listener or a rule`)
    : undefined;
};

const groups: Demand = ({ values, cloud }) => {
  const gone = groupsOf(values).find((arn) => isGone(cloud, "aws_lb_target_group", arn));
  return gone ? absent("TargetGroupNotFound", `Target groups '${gone}' not found`) : undefined;
};

const balancer: Demand = ({ values, cloud }) => {
  const arn = text(values, "load_balancer_arn");
  return isGone(cloud, "aws_lb", arn)
    ? absent("LoadBalancerNotFound", `Load balancers '[${arn}]' not found`)
    : undefined;
};

const certificate: Demand = ({ values, cloud }) => {
  const arn = text(values, "certificate_arn");
  const fault = faultOf(cloud, arn, cloud.place.region, []);
  if (fault === "pending") {
    const needs = "must have a fully-qualified domain name, a supported signature, and a supported key size.";
    return answer(400, "UnsupportedCertificate", `The certificate '${arn}' ${needs}`);
  }
  return fault ? absent("CertificateNotFound", `Certificate '${arn}' not found`) : undefined;
};

const listener: Demand = ({ values, cloud }) => {
  const arn = text(values, "listener_arn");
  return isGone(cloud, "aws_lb_listener", arn)
    ? absent("ListenerNotFound", `One or more listeners not found: ${arn}`)
    : undefined;
};

/** A group belongs to one load balancer, through its listeners. */
const oneBalancer: Demand = ({ values, cloud }) => {
  const own = text(values, "load_balancer_arn");
  const taken = groupsOf(values).find((group) =>
    cloud
      .all("aws_lb_listener", (state) => groupsOf(state).includes(group))
      .some(({ state }) => text(state, "load_balancer_arn") !== own),
  );
  return taken
    ? answer(
        400,
        "TargetGroupAssociationLimit",
        `The following target groups cannot be associated with more than one load balancer: ${taken}`,
      )
    : undefined;
};

/** Load balancers. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ */
export const loadBalancers: ServiceCalls = {
  aws_lb: {
    service,
    remembered: true,
    create: operation("CreateLoadBalancer", "creating ELBv2 application Load Balancer ({name})"),
    update: operation("ModifyLoadBalancerAttributes", "modifying ELBv2 Load Balancer ({arn}) attributes"),
    remove: operation("DeleteLoadBalancer", "deleting ELBv2 Load Balancer ({arn})"),
    // The provider looks for one of the name before it calls.
    exists: ({ values }) => ({ words: `ELBv2 Load Balancer (${text(values, "name")}) already exists` }),
    demands: [network],
    removalDemands: [unprotected],
    takesAlong: ({ values, cloud }) =>
      cloud.all("aws_lb_listener", (state) => text(state, "load_balancer_arn") === text(values, "arn")),
  },
  aws_lb_target_group: {
    service,
    remembered: true,
    create: operation("CreateTargetGroup", "creating ELBv2 Target Group ({name})"),
    update: operation("ModifyTargetGroup", "modifying ELBv2 Target Group ({arn})"),
    remove: operation("DeleteTargetGroup", "deleting ELBv2 Target Group ({arn})"),
    exists: ({ values }) => ({ words: `ELBv2 Target Group (${text(values, "name")}) already exists` }),
    demands: [port],
    removalDemands: [unnamed],
  },
  aws_lb_listener: {
    service,
    remembered: true,
    create: operation("CreateListener", "creating ELBv2 Listener ({load_balancer_arn})"),
    update: operation("ModifyListener", "modifying ELBv2 Listener ({arn})"),
    remove: operation("DeleteListener", "deleting ELBv2 Listener ({arn})"),
    exists: () => absent("DuplicateListener", "A listener already exists on this port for this load balancer"),
    demands: [balancer, groups, secured, certificate, oneBalancer],
    takesAlong: ({ values, cloud }) =>
      cloud.all("aws_lb_listener_rule", (state) => text(state, "listener_arn") === text(values, "arn")),
  },
  aws_lb_listener_certificate: {
    service,
    create: operation("AddListenerCertificates", "creating ELBv2 Listener Certificate ({id})"),
    remove: operation("RemoveListenerCertificates", "deleting ELBv2 Listener Certificate ({id})"),
    demands: [listener, certificate],
  },
  aws_lb_listener_rule: {
    service,
    remembered: true,
    create: operation("CreateRule", "creating ELBv2 Listener Rule"),
    update: operation("ModifyRule", "updating ELBv2 Listener Rule ({arn})"),
    remove: operation("DeleteRule", "deleting ELBv2 Listener Rule ({arn})"),
    exists: ({ values }) => absent("PriorityInUse", `Priority '${String(values.priority)}' is currently in use`),
    demands: [listener, groups],
  },
};
