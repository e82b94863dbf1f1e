import { Testing } from "cdktf";
import { PooledDatabase, pooledDatabaseConfig } from "../../blueprints/pooled-database";
import type { EnvironmentDefinition, Stage } from "../../config";
import type { RegionalKey } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { environmentIn, existing } from "../support/existing-networks-environment";
import { pgbouncerEnvironment } from "../support/pgbouncer-environment";
import { synth, testApp } from "../support/synth";

// biome-ignore lint/suspicious/noExplicitAny: attributes of any resource
type Resources = Record<string, Record<string, any>>;

function stacksOf(environment: EnvironmentDefinition, stage: Stage): ReadonlyMap<string, Resources> {
  const stacks = buildStacks(testApp(), environment.resolve({ stage }));
  return new Map(
    stacks
      .filter(({ node }) => /-(database|services-.*)$/.test(node.id))
      .map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack)).resource as Resources]),
  );
}

const given = environmentIn({ existing });
const [foundation, optimization] = (["foundation", "optimization"] as const).map((stage) => stacksOf(given, stage));
const created = stacksOf(
  environmentIn({ cidrBlock: "10.64.0.0/20", interfaceEndpoints: ["secretsmanager", "xray"] }),
  "optimization",
);

const addressesIn = (resources: Resources = {}) =>
  Object.entries(resources).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`));
const regions = ["eu-west-1", "eu-central-1"] as const;
const database = optimization?.get("prod-database") ?? {};

describe("A database in VPCs that are given", () => {
  test("has the addresses of one in VPCs of its own, but for the VPCs with what is in them", () => {
    const ofVpc = /_private_|network-[a-z0-9-]+_(endpoints_|(clients|pool)_to-(endpoints|dynamodb|s3)$)/;
    const rest = addressesIn(created.get("prod-database")).filter((address) => !ofVpc.test(address));
    expect(addressesIn(database).sort()).toEqual(rest.sort());
    expect(
      addressesIn(database).filter((address) => /^aws_(vpc|vpc_endpoint|subnet|route_table)\./.test(address)),
    ).toEqual([]);
  });

  test.each(regions)("has its cluster, pool and groups in that of %s", (region) => {
    const { vpcId, subnetIds } = existing[region];
    expect(database.aws_db_subnet_group?.[`ledger_network-${region}_subnet-group`]).toMatchObject({
      provider: `aws.${region}`,
      subnet_ids: subnetIds,
    });
    expect(database.aws_db_proxy?.[`ledger_proxy-${region}_proxy`].vpc_subnet_ids).toEqual(subnetIds);
    for (const group of ["clients", "pool", "database"]) {
      expect(database.aws_security_group?.[`ledger_network-${region}_${group}_group`]).toMatchObject({
        provider: `aws.${region}`,
        vpc_id: vpcId,
      });
    }
  });

  test.each(regions)("has functions of %s there, in the given groups beside that of its clients", (region) => {
    const services = optimization?.get(`prod-services-${region}`) ?? {};
    const { subnetIds, additionalSecurityGroupIds } = existing[region];
    expect(services.aws_lambda_function?.accounts_function_function.vpc_config).toEqual({
      subnet_ids: subnetIds,
      security_group_ids: [expect.stringContaining("_clients_group"), ...additionalSecurityGroupIds],
    });
  });

  test("has the function that rotates passwords there, in the given groups too", () => {
    const { vpc_config: vpc } =
      database.aws_lambda_function?.["ledger_rotation-ledger-service_function_function"] ?? {};
    expect(vpc.subnet_ids).toEqual(existing["eu-west-1"].subnetIds);
    expect(vpc.security_group_ids.slice(1)).toEqual(existing["eu-west-1"].additionalSecurityGroupIds);
  });

  test("leaves proxies and clusters out of the given groups, as these call nobody", () => {
    const groups = [database.aws_db_proxy, database.aws_db_proxy_endpoint, database.aws_rds_cluster].flatMap((all) =>
      Object.values(all ?? {}).map(({ vpc_security_group_ids: ids }) => ids),
    );
    expect(groups).toHaveLength(6);
    for (const ids of groups) expect(ids).toEqual([expect.stringMatching(/_(pool|database)_group/)]);
  });

  test("stays as it is in the home region when the standby region comes", () => {
    const before = foundation?.get("prod-database") ?? {};
    for (const type of [
      "aws_db_subnet_group",
      "aws_security_group",
      "aws_rds_cluster",
      "aws_vpc_security_group_egress_rule",
    ]) {
      expect(Object.keys(before[type] ?? {}).length).toBeGreaterThan(0);
      expect(database[type]).toMatchObject(before[type] ?? {});
    }
    expect(addressesIn(before).filter((address) => address.includes("eu-central-1"))).toEqual([]);
  });

  test("has the tasks of PgBouncer there, in the given groups too", () => {
    const [{ pgbouncer } = {}] = pgbouncerEnvironment.input.databases ?? [];
    const { aws_ecs_service: services = {} } =
      stacksOf(environmentIn({ existing }, { pgbouncer }), "optimization").get("prod-database") ?? {};
    for (const region of regions) {
      expect(services[`ledger_pgbouncer_${region}_pool_service`].network_configuration).toMatchObject({
        subnets: existing[region].subnetIds,
        security_groups: [expect.stringContaining("_pool_group"), ...existing[region].additionalSecurityGroupIds],
      });
    }
  });

  test("is refused in a region without one", () => {
    const key: RegionalKey = { arnIn: (region) => `arn:aws:kms:${region}:123456789012:key/mrk-1`, grantUse: () => {} };
    const [ledger] = environmentIn({ existing: { "eu-west-1": existing["eu-west-1"] } }).input.databases ?? [];
    const { name, migrations: _, ...input } = ledger ?? { name: "" };
    const config = pooledDatabaseConfig.parse(input);
    const build = () =>
      synth((stack) => {
        new PooledDatabase(stack, name, {
          config,
          environment: "test",
          name,
          account: "123456789012",
          home: "eu-west-1",
          standby: ["eu-central-1"],
          concurrency: 1,
          key,
          operationsKey: key,
        });
      });
    expect(build).toThrow(
      "test/ledger: network.existing names VPCs in eu-west-1, but none in eu-central-1; add network.existing.eu-central-1, with vpcId and subnetIds",
    );
  });
});
