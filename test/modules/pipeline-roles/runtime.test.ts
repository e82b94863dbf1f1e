import { stages } from "../../../config";
import project from "../../../evenkeel.config";
import { stacksOf } from "../../support/synthesized-once";
import { account, githubRoles, madeRole, may, synthesizedRoles } from "./roles";
import { runtimeNeeds } from "./runtime-needs";

const rolesWith = (environment: string) => {
  const { environments, ...rest } = githubRoles(environment);
  const regions = ["eu-west-1", "eu-central-1", "us-east-1"] as const;
  // What exists already, and has no name of the environment.
  const reaches = [
    {
      actions: ["secretsmanager:GetSecretValue"],
      resources: [`arn:aws:secretsmanager:*:${account}:secret:otlp-headers-*`],
      reason: "the headers of the collector, which the platform team owns",
    },
  ];
  return synthesizedRoles({ ...rest, environments: environments.map((each) => ({ ...each, regions, reaches })) });
};

describe("The boundary of roles", () => {
  test.each(project.environments.map((environment) => [environment.name, environment] as const))(
    "allows whatever policies of roles of %s allow, at every stage",
    (name, environment) => {
      const made = madeRole(rolesWith(name), name);
      const all = stages.flatMap((stage) => runtimeNeeds(stacksOf(environment, { stage }), name, account));
      const inAccount = (text: string) => text.replaceAll(environment.input.account, account);
      const needs = new Map(
        all.map((need) => [inAccount(JSON.stringify([need.action, need.resource, need.context])), need] as const),
      );
      expect(needs.size).toBeGreaterThan(50);
      const boundary = {
        "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/pipelines/pipeline-${name}-boundary`,
      };
      const denied = [...needs].filter(([key]) => {
        const [action, resource, context] = JSON.parse(key);
        return !may(made, action, resource, { ...boundary, ...context });
      });
      expect(denied.map(([key, { from }]) => `${from}: ${key}`)).toEqual([]);
    },
  );
});
