import { identityOf } from "../../identity";
import type { ObjectValue } from "../protocol/values";

/** Where something stands in AWS. */
export interface Place {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** The resource of a Terraform configuration that made something. */
export interface Owner {
  /** The folder that Terraform ran in. */
  readonly folder: string;
  /** `aws_sqs_queue.orders`; undefined when the configuration does not tell it apart from others. */
  readonly address?: string;
}

/** Something that exists in the simulated cloud. */
export interface Thing {
  /** Terraform's type, `aws_sqs_queue`. */
  readonly type: string;
  readonly place: Place;
  /** Terraform's state of it, as of the last apply. */
  readonly state: ObjectValue;
  /** Arguments that somebody has changed beside Terraform since, as AWS has them now. */
  readonly beside?: ObjectValue;
  readonly owner?: Owner;
}

/** Something that was deleted: AWS does not give its name to another yet, or its id never again. */
export interface Remnant {
  readonly thing: Thing;
  /** Until when its name is taken, in milliseconds since 1970; undefined for a name that is never free again. */
  readonly heldUntil?: number;
  /** Its id is AWS's own: it stays known, so that a later use of it is told from one of an id that was never known. */
  readonly remembered?: true;
}

/** Types whose things stand in no region: one for the whole account, or for all accounts. */
const global =
  /^aws_(iam|cloudfront|route53|route53recoverycontrolconfig|budgets|organizations|globalaccelerator|shield|ce)_|^aws_(rds_global_cluster|cloudwatch_dashboard)$/;

/** The place in which AWS keeps things of a type: without a region for a global service. */
export function placeOf(type: string, { partition, account, region }: Place): Place {
  return { partition, account, region: global.test(type) ? "" : region };
}

/** Terraform's id of a thing; types of the newer provider framework may have an ARN alone, and chats call theirs otherwise. */
export function idOf(state: ObjectValue): string {
  const id = state.id ?? state.arn ?? state.chat_configuration_arn;
  return typeof id === "string" ? id : JSON.stringify(state);
}

/**
 * What tells one thing from all others in the inventory. Terraform's id alone does not: the stages of two APIs are both
 * called `$default`.
 */
export function keyOf(type: string, place: Place, state: ObjectValue): string {
  const { partition, account, region } = placeOf(type, place);
  const { key = "" } = identityOf(type, state) ?? {};
  return [partition, account, region, type, idOf(state), key].join(" ").trim();
}

/** `eu-west-1 of account 123456789012`, or the account alone for a global service. */
export function placeInWords(type: string, place: Place): string {
  const { account, region } = placeOf(type, place);
  return region ? `${region} of account ${account}` : `account ${account}`;
}

/** `aws_sqs_queue.orders of prod-events`, as far as it is known. */
export function ownerInWords({ type, owner }: Thing): string {
  if (!owner) return `a resource of type ${type} that was there before`;
  const stack = owner.folder.split(/[\\/]/).pop();
  return owner.address ? `${owner.address} of ${stack}` : `a resource of type ${type} of ${stack}`;
}
