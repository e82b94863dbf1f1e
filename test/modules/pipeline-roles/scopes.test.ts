import { pipelineEnvironmentConfig } from "../../../modules/pipeline-roles/config";
import type { PolicyOf } from "../../../modules/pipeline-roles/environment-policy";
import { actionsOf, knownAction, typesWithPermissions } from "../../../modules/pipeline-roles/permissions";
import { applyStatements } from "../../../modules/pipeline-roles/policies";
import { scopes } from "../../../modules/pipeline-roles/scopes";
import { account, environmentOf } from "./roles";

const of: PolicyOf = {
  partition: "aws",
  account,
  path: "/pipelines/",
  boundaryArn: `arn:aws:iam::${account}:policy/pipelines/pipeline-prod-boundary`,
  environment: pipelineEnvironmentConfig.parse(environmentOf("prod")),
  alone: true,
};

/** Every action of every type that changes something. */
const changes = [...new Set(typesWithPermissions.flatMap((type) => actionsOf(type).map(({ action }) => action)))]
  .map(knownAction)
  .filter(({ reads }) => !reads);

describe("Every action that changes something", () => {
  test("is held to names or tags, or named as one that cannot be, or left out with a reason", () => {
    const allowed = new Set(applyStatements(of).flatMap(({ actions }) => actions));
    const nowhere = changes.filter(
      ({ action, service, name }) => !allowed.has(action) && !scopes[service]?.never?.[name],
    );
    expect(changes.length).toBeGreaterThan(300);
    expect(nowhere.map(({ action }) => action)).toEqual([]);
  });

  test("is allowed on everything only where it is named as one that IAM holds to nothing", () => {
    const unconditional = applyStatements(of).filter(
      ({ resources, conditions }) => resources.includes("*") && conditions === undefined,
    );
    const known = new Map(changes.map((each) => [each.action, each]));
    const byNothing = unconditional.flatMap(({ actions }) => actions.flatMap((action) => known.get(action) ?? []));
    expect(byNothing.length).toBeGreaterThan(20);
    const named = byNothing.filter(({ service, name }) => !scopes[service]?.unscoped?.includes(name));
    expect(named.map(({ action }) => action)).toEqual([]);
  });

  test("leaves no statement empty where an environment has a single type", () => {
    for (const type of typesWithPermissions) {
      const statements = applyStatements({ ...of, environment: { ...of.environment, resourceTypes: [type] } });
      expect([type, statements.filter(({ actions }) => actions.length === 0)]).toEqual([type, []]);
    }
  });

  test("is in one group: no scope names an action twice, or one that no type has", () => {
    const known = new Set(changes.map(({ action }) => action));
    for (const [service, { unscoped = [], never = {} }] of Object.entries(scopes)) {
      expect([service, unscoped.filter((name) => name in never)]).toEqual([service, []]);
      expect([service, unscoped.filter((name) => !known.has(`${service}:${name}`))]).toEqual([service, []]);
    }
  });
});
