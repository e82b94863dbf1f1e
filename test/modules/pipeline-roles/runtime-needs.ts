import { type Json, resourcesOf, type SynthesizedStack } from "../../../terraform";
import type { KnownResourceType } from "../../../values/availability/resource-types";
import { writtenPolicy } from "../../support/written-policy";
import { arnsOfTypes } from "./deployed-types";
import { account as accountOfTests, type Context } from "./roles";

/** Something that a role's own policy allows. */
export interface Need {
  /** Address of the policy. */
  readonly from: string;
  readonly action: string;
  readonly resource: string;
  /** What the conditions of the statement demand, and the tag of what is told by its tag. */
  readonly context: Context;
}

/** ARNs of parts and of copies, as resources of Terraform have them. */
const moreArns: Readonly<Record<string, string>> = {
  aws_dynamodb_table_replica: "arn:aws:dynamodb:REGION:ACCOUNT:table/NAME",
  aws_lambda_alias: "arn:aws:lambda:REGION:ACCOUNT:function:NAME:live",
};

/** Types that have no name, so that their tag tells whose they are. */
const byTag =
  /^aws_(kms_key|kms_replica_key|appautoscaling_target|fis_experiment_template|lambda_event_source_mapping|subnet|vpc|security_group|db_proxy)$/;

/** Arguments that name a resource, or what it is a part of. */
const naming = ["function_name", "cluster_identifier", "name", "bucket", "global_table_arn"];

/** What policies that AWS keeps allow, for those that roles of the toolkit have. */
const managedByAws: Readonly<Record<string, readonly (readonly [action: string, resource: string])[]>> = {
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonRDSEnhancedMonitoringRole.html
  "service-role/AmazonRDSEnhancedMonitoringRole": [
    ["logs:CreateLogGroup", "log-group:RDSOSMetrics"],
    ["logs:PutRetentionPolicy", "log-group:RDSOSMetrics"],
    ["logs:CreateLogStream", "log-group:RDSOSMetrics:log-stream:x"],
    ["logs:PutLogEvents", "log-group:RDSOSMetrics:log-stream:x"],
    ["logs:DescribeLogStreams", "log-group:RDSOSMetrics:log-stream:x"],
    ["logs:GetLogEvents", "log-group:RDSOSMetrics:log-stream:x"],
  ],
};

type Stacks = ReadonlyMap<string, SynthesizedStack>;
type Tagged = { value: boolean };

/** Everything that roles of an environment are allowed by their own policies, references being filled in as AWS would name what they refer to. */
export function runtimeNeeds(all: readonly SynthesizedStack[], environment: string, account: string): Need[] {
  const where: Where = { stacks: new Map(all.map((stack) => [stack.name, stack])), environment, account };
  return all.flatMap((stack) =>
    [...resourcesOf(stack)].flatMap(([address, entry]) => {
      const from = `${stack.name} ${address}`;
      if (address.startsWith("aws_iam_role_policy_attachment.")) return attached(String(entry.policy_arn), from, entry);
      if (!address.startsWith("aws_iam_role_policy.")) return [];
      const statements = [writtenPolicy(entry.policy).Statement].flat().filter(({ Effect }) => Effect === "Allow");
      return statements.flatMap((statement) => needsOf(statement, { from, entry, stack, where }));
    }),
  );
}

function attached(policyArn: string, from: string, entry: Json): Need[] {
  const [, name] = /:iam::aws:policy\/(.+)$/.exec(policyArn) ?? [];
  if (name === undefined) return [];
  const needs = managedByAws[name];
  if (needs === undefined) throw new Error(`${from}: write down what ${name} allows`);
  const region = regionOf(entry);
  return needs.map(([action, resource]) => ({
    from,
    action,
    resource: `arn:aws:logs:${region}:${accountOfTests}:${resource}`,
    context: { "aws:RequestedRegion": region },
  }));
}

interface Written {
  readonly from: string;
  readonly entry: Json;
  readonly stack: SynthesizedStack;
  readonly where: Where;
}

function needsOf(statement: Readonly<Record<string, unknown>>, { from, entry, stack, where }: Written): Need[] {
  if (statement.NotAction !== undefined || statement.NotResource !== undefined)
    throw new Error(`${from}: this test understands no NotAction and no NotResource`);
  const conditions = conditionsOf(statement.Condition, (text) => fill(text, stack, where, { value: false }));
  return listOf(statement.Resource).flatMap((written) => {
    const tagged: Tagged = { value: false };
    const filled = fill(written, stack, where, tagged);
    const context = {
      "aws:RequestedRegion": requestedRegion(filled, regionOf(entry)),
      ...conditions,
      ...(tagged.value && { "aws:ResourceTag/Environment": where.environment }),
    };
    const resource = filled === "*" ? "*" : filled.replaceAll("*", "x");
    return listOf(statement.Action).map((action) => ({ from, action, resource, context }));
  });
}

const listOf = (value: unknown): string[] => [value ?? []].flat() as string[];

interface Where {
  readonly stacks: Stacks;
  readonly environment: string;
  readonly account: string;
}

/** A text with its references as AWS would have them. */
function fill(text: string, stack: SynthesizedStack, where: Where, tagged: Tagged): string {
  return text.replace(/\$\{([^}]*)\}/g, (_, expression: string) => filledIn(expression, stack, where, tagged));
}

function filledIn(expression: string, stack: SynthesizedStack, where: Where, tagged: Tagged): string {
  const element = /^element\(split\(["'](.)["'], (.+)\), (\d+)\)$/.exec(expression);
  if (element) {
    const [, separator = "", inner = "", at = ""] = element;
    const parts = filledIn(inner, stack, where, tagged).split(separator);
    return parts[Number(at)] ?? parts.at(-1) ?? "";
  }
  const output = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)$/.exec(
    expression,
  );
  if (output) {
    const [, name = "", key = ""] = output;
    const other = where.stacks.get(name);
    const { value } = (other?.terraform.output as Record<string, Json> | undefined)?.[key] ?? {};
    if (!other || typeof value !== "string") throw new Error(`${expression}: no such output`);
    return fill(value, other, where, tagged);
  }
  const [, address = "", attribute = ""] = /^(aws_\w+\.[\w-]+)\.(\w+)$/.exec(expression) ?? [];
  const entry = new Map(resourcesOf(stack)).get(address);
  if (!entry) throw new Error(`${stack.name}: ${expression} is no reference that this test understands`);
  const [type = ""] = address.split(".");
  if (byTag.test(type)) tagged.value = true;
  const name = nameOf(entry, stack, where);
  if (naming.includes(attribute)) return name;
  if (attribute !== "arn") return `${attribute}-x`;
  const pattern = arnsOfTypes[type as KnownResourceType]?.[1] ?? moreArns[type];
  if (pattern === undefined) throw new Error(`${type}: name its ARN in deployed-types.ts`);
  return pattern.replace("REGION", regionOf(entry)).replace("ACCOUNT", where.account).replace("NAME", name);
}

/** The physical name; of a part, that of what it is a part of. */
function nameOf(entry: Json, stack: SynthesizedStack, where: Where): string {
  const given = naming.map((key) => entry[key]).find((value) => typeof value === "string");
  if (typeof given !== "string") return "x";
  const name = fill(given, stack, where, { value: false });
  return name.startsWith("arn:") ? (name.split("/").at(-1) ?? "") : name;
}

const regionOf = ({ provider }: Json): string => String(provider).split(".")[1] ?? "";

/** Where the request goes: to the region of the resource; for a resource in any region, to one that the environment does not have. */
function requestedRegion(arn: string, own: string): string {
  const [, , service, region = ""] = arn.split(":");
  if (service === "iam") return "us-east-1";
  return region === "*" ? "ap-southeast-2" : region || own;
}

/** The first value of each condition that wants one. */
function conditionsOf(condition: unknown, filled: (text: string) => string): Record<string, string | string[]> {
  const operators = Object.entries((condition ?? {}) as Record<string, Record<string, unknown>>);
  return Object.fromEntries(
    operators.flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, values]) => {
        if (/Not|Null/.test(operator)) return [];
        const [first = ""] = listOf(values).map((each) => filled(String(each)).replaceAll("*", "x"));
        return [[key, operator.startsWith("For") ? [first] : first]];
      }),
    ),
  );
}
