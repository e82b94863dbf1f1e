import { RegionalService } from "../../blueprints/regional-service";
import type { RegionalKey } from "../../modules/core";
import { ReplicatedTable } from "../../modules/replicated-table";
import { synth } from "../support/synth";

const account = "123456789012";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: (grantee, service) =>
    grantee.addToRolePolicy({ actions: [`kms for ${service}`], resources: [key.arnIn(grantee.region)] }),
};

/** The function of a service in a region, which uses a table that is at home in eu-west-1. */
function functionIn(region: string, homeReplica: boolean) {
  const { at } = synth((stack) => {
    const table = new ReplicatedTable(stack, "events", {
      config: { attributes: { pk: "S" }, partitionKey: "pk" },
      name: "test-events",
      home: "eu-west-1",
      replicas: ["eu-central-1"],
      key,
      contributorInsights: false,
    });
    new RegionalService(stack, "shipments", {
      config: {
        function: { entry: "services/shipments/handler.ts", reservedConcurrency: 5 },
        tables: { events: { access: "read-write", homeReplica } },
      },
      environment: "test",
      name: "shipments",
      region,
      account,
      key,
      tables: new Map([["events", table]]),
      tracing: false,
      ownsDomainValidation: true,
    });
  });
  return {
    policy: JSON.stringify(at("aws_iam_role_policy.shipments_function_execution_policy").policy),
    environment: at("aws_lambda_function.shipments_function_function").environment,
  };
}

describe("A service with a table's home replica", () => {
  test("is told the home region, and may use the table and its key there as well", () => {
    const { policy, environment } = functionIn("eu-central-1", true);
    expect(environment).toMatchObject({ variables: { HOME_REGION: "eu-west-1" } });
    expect(policy).toContain("aws_dynamodb_table.events_table.arn");
    expect(policy).toContain("aws_dynamodb_table_replica.events_replica-eu-central-1.arn");
    expect(policy).toContain("arn:aws:kms:eu-west-1:123456789012:key/mrk-1");
  });

  test("has no further grant at home", () => {
    const { policy, environment } = functionIn("eu-west-1", true);
    expect(environment).toMatchObject({ variables: { HOME_REGION: "eu-west-1" } });
    expect(policy.match(/dynamodb:PutItem/g)).toHaveLength(1);
  });

  test("reaches its own region only, unless it asks for more", () => {
    const { policy, environment } = functionIn("eu-central-1", false);
    expect(environment).not.toMatchObject({ variables: { HOME_REGION: "eu-west-1" } });
    expect(policy).not.toContain("aws_dynamodb_table.events_table.arn");
  });
});
