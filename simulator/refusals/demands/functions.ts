import type { Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import type { CloudView } from "../cloud-view";
import { answer } from "../operation";
import { type Call, type Demand, text } from "../refusal";
import { type Found, lookUp, parseArn } from "./arns";

/** A function as a call names it. */
export interface FunctionName {
  readonly name: string;
  /** A version's number, an alias or `$LATEST`. */
  readonly qualifier?: string;
}

/** Reads a name, an ARN or a partial ARN, each with or without a qualifier. */
export function functionName(given: string): FunctionName {
  const [, name = given, qualifier] = /^(?:.*:?function:)?([^:]+)(?::(.+))?$/.exec(given) ?? [];
  return { name, ...(qualifier && { qualifier }) };
}

/** The function that a name or an ARN refers to. */
export function functionOf(cloud: CloudView, given: string): Found {
  const named = parseArn(given) ? given : functionName(given).name;
  const isNamed = (state: ObjectValue, name: string): boolean => text(state, "function_name") === name;
  return lookUp(cloud, "aws_lambda_function", named, (resource) => functionName(resource).name, isNamed);
}

/** Whether a function has a version or an alias. */
export function hasQualifier(cloud: CloudView, fn: Thing, qualifier: string): boolean {
  if (qualifier === "$LATEST") return true;
  const newest = Number(text(fn.state, "version"));
  if (/^\d+$/.test(qualifier)) return Number(qualifier) <= newest;
  const name = text(fn.state, "function_name");
  const isAlias = (state: ObjectValue): boolean =>
    text(state, "name") === qualifier && functionName(text(state, "function_name")).name === name;
  return cloud.find("aws_lambda_alias", isAlias) !== undefined;
}

/** What a call says of a function: the name in `function_name`, and the qualifier there or in `qualifier`. */
export function namedFunction(values: ObjectValue): FunctionName {
  const { name, qualifier } = functionName(text(values, "function_name"));
  const said = text(values, "qualifier") || qualifier;
  return { name, ...(said && { qualifier: said }) };
}

/** The ARN of a function of the call's account and region. */
export function functionArn({ place: { partition, region, account } }: CloudView, fn: FunctionName): string {
  const { name, qualifier } = fn;
  return [`arn:${partition}:lambda:${region}:${account}:function:${name}`, qualifier].filter(Boolean).join(":");
}

/** Demands that the function of `function_name` exists, and the version or alias that is named with it. */
export const existingFunction: Demand = ({ values, cloud }: Call) => {
  const found = functionOf(cloud, text(values, "function_name"));
  if ("foreign" in found) return undefined;
  const fn = namedFunction(values);
  const exists = "thing" in found && (!fn.qualifier || hasQualifier(cloud, found.thing, fn.qualifier));
  if (exists) return undefined;
  return answer(404, "ResourceNotFoundException", `Function not found: ${functionArn(cloud, fn)}`);
};
