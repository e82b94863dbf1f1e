import type { Thing } from "../../inventory/thing";
import { type Answer, type Call, type Demand, type ProviderWords, text } from "../refusal";
import { existsById, textsAt } from "./references";

type AnswerTo = (given: string, call: Call) => Answer | ProviderWords;

/** The subnets of a call that the simulated cloud knows; those given from outside have neither VPC nor zone here. */
export function knownSubnets({ cloud }: Call, ids: readonly string[]): Thing[] {
  return ids.flatMap((id) => cloud.find("aws_subnet", (state) => state.id === id) ?? []);
}

/** Demands that the subnets at a path stand in the call's region. */
export const subnetsExist = (path: string, answer: AnswerTo): Demand => existsById(path, "aws_subnet", answer);

/** Demands that the security groups at a path stand in the call's region. */
export const groupsExist = (path: string, answer: AnswerTo): Demand => existsById(path, "aws_security_group", answer);

/** Demands that all subnets at a path are of one VPC. */
export function oneVpc(path: string, answer: (vpcs: readonly string[], call: Call) => Answer | ProviderWords): Demand {
  return (call) => {
    const vpcs = distinct(knownSubnets(call, textsAt(call.values, path)), "vpc_id");
    return vpcs.length > 1 ? answer(vpcs, call) : undefined;
  };
}

/** Demands that the subnets at a path cover two zones or more. Nothing is known of zones of subnets given from outside. */
export function twoZones(
  path: string,
  answer: (zones: readonly string[], call: Call) => Answer | ProviderWords,
): Demand {
  return (call) => {
    const ids = textsAt(call.values, path);
    const subnets = knownSubnets(call, ids);
    const zones = distinct(subnets, "availability_zone");
    return ids.length > 0 && subnets.length === new Set(ids).size && zones.length < 2 ? answer(zones, call) : undefined;
  };
}

/** Demands that no two subnets at a path are in one zone, as endpoints do. */
export function oneSubnetAZone(path: string, answer: AnswerTo): Demand {
  return (call) => {
    const subnets = knownSubnets(call, textsAt(call.values, path));
    const again = subnets.find(({ state }, at) =>
      subnets.slice(0, at).some((other) => other.state.availability_zone === state.availability_zone),
    );
    return again ? answer(text(again.state, "id"), call) : undefined;
  };
}

/**
 * Demands that the security groups are of the VPC that the call is for.
 * @param vpcOf The VPC; undefined when it is not known here.
 */
export function groupsOfVpc(path: string, vpcOf: (call: Call) => string | undefined, answer: AnswerTo): Demand {
  return (call) => {
    const vpc = vpcOf(call);
    const wrong = textsAt(call.values, path).find((id) => {
      const group = call.cloud.find("aws_security_group", (state) => state.id === id);
      return vpc !== undefined && group !== undefined && text(group.state, "vpc_id") !== vpc;
    });
    return wrong === undefined ? undefined : answer(wrong, call);
  };
}

/** The VPC of the first known subnet at a path. */
export const vpcOfSubnets =
  (path: string) =>
  (call: Call): string | undefined =>
    distinct(knownSubnets(call, textsAt(call.values, path)), "vpc_id")[0];

function distinct(things: readonly Thing[], attribute: string): string[] {
  return [...new Set(things.map(({ state }) => text(state, attribute)).filter(Boolean))];
}
