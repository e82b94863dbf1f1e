import type { Read, Values } from "./rule";

/** A value as it is; undefined if it is left out, empty, or not a single value. */
export const text: Read = (value) => {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

/** For names that AWS compares, or stores, without regard to case. */
export const folded: Read = (value, values) => text(value, values)?.toLowerCase();

/** What AWS takes if nothing is said. */
export const or =
  (otherwise: string, read: Read = text): Read =>
  (value, values) =>
    read(value, values) ?? otherwise;

/** The last part of an ARN or URL behind a separator; other texts as they are, references too. */
const last =
  (separator: string): Read =>
  (value, values) => {
    const given = text(value, values);
    if (given === undefined || isReference(given)) return given;
    return given.slice(given.lastIndexOf(separator) + 1);
  };

/** A Terraform expression, whose value is not known. */
export const isReference = (value: string): boolean => value.includes("${");

/** A name, or an ARN that ends in `/<name>`: event buses, clusters, roles with their path. */
export const nameOrArn = last("/");

/** A role's name, in whatever case, or its ARN. */
export const role: Read = (value, values) => {
  const name = nameOrArn(value, values);
  return name && isReference(name) ? name : name?.toLowerCase();
};

/** The name of an event bus, or its ARN. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const eventBus: Read = or("default", nameOrArn);

/** A queue's URL, ARN or name. */
export const queue: Read = (value, values) => last(":")(last("/")(value, values), values);

/** A topic's ARN or name. */
export const topic: Read = last(":");

/** A log group's name or ARN, with or without the final `:*`. */
export const logGroup: Read = (value, values) => {
  const given = text(value, values);
  return given?.replace(/^arn:.*:log-group:/, "").replace(/:\*$/, "");
};

/** A bucket's name or ARN. */
export const bucket: Read = (value, values) => {
  const given = text(value, values)?.replace(/^arn:[^:]+:s3:::/, "");
  return given && isReference(given) ? given : given?.toLowerCase();
};

/** A table's name or ARN. */
export const table: Read = nameOrArn;

/** A secret's ARN or name; the ARN ends in six letters that AWS adds. */
export const secret: Read = (value, values) => {
  const given = text(value, values);
  return given?.replace(/^arn:.*:secret:(.+)-[A-Za-z0-9]{6}$/, "$1");
};

/** A DNS name: without regard to case, the final dot or the way in which `*` is written. */
export const dnsName: Read = (value, values) => {
  const given = text(value, values);
  if (given === undefined || isReference(given)) return given;
  return given.toLowerCase().replace(/\.$/, "").replaceAll("\\052", "*");
};

/** The id of a hosted zone, with or without the path that AWS puts before it. */
export const hostedZone: Read = (value, values) => text(value, values)?.replace(/^\/?hostedzone\//, "");

/** A list as one text, whatever its order; undefined without entries. */
export const set: Read = (value) =>
  Array.isArray(value) && value.length > 0 ? value.map(String).sort().join(",") : undefined;

interface FunctionName {
  readonly name?: string;
  readonly qualifier?: string;
}

/**
 * A function's name, ARN or partial ARN, each with or without a qualifier.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#API_GetFunction_RequestParameters
 */
function functionName(values: Values): FunctionName {
  const given = text(values.function_name, values);
  const said = text(values.qualifier, values);
  if (given === undefined || isReference(given)) return { name: given, qualifier: said };
  const [, name = given, qualifier] = /^(?:.*:function:)?([^:]+)(?::(.+))?$/.exec(given) ?? [];
  return { name, qualifier: said ?? qualifier };
}

/** The function that `function_name` names, in any form. */
export const lambdaFunction: Read = (_, values) => functionName(values).name;

/** The version or alias that `qualifier`, or the end of `function_name`, names. */
export const qualifier: Read = (_, values) => functionName(values).qualifier ?? "$LATEST";
