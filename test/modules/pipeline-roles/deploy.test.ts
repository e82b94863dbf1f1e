import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actionsOf, knownAction } from "../../../modules/pipeline-roles/permissions";
import { scopes } from "../../../modules/pipeline-roles/scopes";
import { cloudFormationTypes, type KnownResourceType } from "../../../values/availability/resource-types";
import { arnsOfTypes } from "./deployed-types";
import { account, githubRoles, may, type Role, roleOf, synthesizedRoles } from "./roles";

interface Deployed {
  readonly type: KnownResourceType;
  readonly region: string;
  readonly name: string;
}

const naming =
  /(?:^| )(?:name|bucket|alarm_name|dashboard_name|cluster_identifier|identifier|function_name|layer_name|family|table_name|global_cluster_identifier|db_proxy_endpoint_name|policy_name)=(\S+)/;

/** The physical name; a family is one only where there is no name. */
const nameIn = (text: string): string => (/ name=(\S+)/.exec(text) ?? naming.exec(text))?.[1] ?? "";

/** What an environment has at any stage, from the frozen files, which a test compares with its stacks. */
function deployedBy(environment: string): Deployed[] {
  const text = readFileSync(join(__dirname, "..", "..", "frozen", `${environment}.txt`), "utf8");
  const lines = [...text.matchAll(/^[fho]+ +\S+ (aws_\w+)\.\S+ ([a-z]{2}-[a-z]+-\d)(.*)$/gm)];
  const all = lines.map(([, type = "", region = "", rest = ""]) => ({
    type: type as KnownResourceType,
    region,
    name: nameIn(rest.split(" -> ")[0] ?? ""),
  }));
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

const tag = (kind: string, environment: string) => ({ [`aws:${kind}Tag/Environment`]: environment });

/** Rules whose names have no environment are on a bus that has. */
const ruleOnBus = (type: string, name: string, environment: string): string =>
  type === "aws_cloudwatch_event_rule" && !name.startsWith(environment) ? `${environment}-orders/${name}` : name;

/** What deploying it needs and its role may not. */
function missing(role: Role, environment: string, { type, region, name }: Deployed): string[] {
  const known = arnsOfTypes[type];
  if (known === undefined) return [];
  const [kind, pattern] = known;
  const arn = pattern
    .replace("REGION", region)
    .replace("ACCOUNT", account)
    .replace("NAME", ruleOnBus(type, name, environment));
  return (["create", "read", "update", "delete"] as const).flatMap((verb) =>
    actionsOf(type, [verb]).flatMap(({ action, service, name: called, reads, types, tags }) => {
      if (called in (scopes[service]?.never ?? {}) || (!reads && scopes[service]?.unscoped?.includes(called)))
        return [];
      if (service !== (arn.split(":")[2] ?? "") || (types.length > 0 && !types.includes(kind))) return [];
      if (/^iam:(PassRole|CreateServiceLinkedRole|\w*(User|Group)\w*|DeleteRolePermissionsBoundary)$/.test(action))
        return [];
      if (/EventSourceMapping$/.test(action)) return [];
      const created =
        verb === "create" &&
        !reads &&
        (types.length === 0 || knownAction(action).takesTags || knownAction(action).created.includes(kind) || tags);
      const context = {
        "aws:RequestedRegion": region,
        "aws:TagKeys": ["Environment"],
        "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/pipelines/pipeline-${environment}-boundary`,
        "kms:ViaService": `dynamodb.${region}.amazonaws.com`,
        "kms:GrantIsForAWSResource": "true",
        ...(created ? tag("Request", environment) : tag("Resource", environment)),
      };
      const resource = types.length === 0 ? "*" : arn;
      return may(role, action, resource, context) ? [] : [`${verb} ${type} ${name}: ${action} on ${resource}`];
    }),
  );
}

describe("Deploying", () => {
  test.each(["prod", "staging", "dev", "sandbox"])(
    "%s needs nothing at any stage that its role may not",
    (environment) => {
      const { environments, ...rest } = githubRoles(environment);
      const regions = ["eu-west-1", "eu-central-1", "us-east-1"] as const;
      const roles = synthesizedRoles({ ...rest, environments: environments.map((each) => ({ ...each, regions })) });
      const deployed = deployedBy(environment);
      expect(deployed.length).toBeGreaterThan(50);
      // One of each kind of name is enough: what differs between two of them is after the first letters.
      const kinds = new Map(
        deployed.map((each) => [`${each.type} ${each.region} ${each.name.split(environment)[0]}`, each]),
      );
      const role = roleOf(roles, environment, "apply");
      expect([...kinds.values()].flatMap((each) => missing(role, environment, each))).toEqual([]);
    },
  );

  test("has permissions for every type that the toolkit makes", () => {
    const types = Object.keys(cloudFormationTypes) as KnownResourceType[];
    expect(types.filter((type) => actionsOf(type).length === 0)).toEqual([
      // Of accounts alone.
      "aws_inspector2_enabler",
    ]);
  });
});
