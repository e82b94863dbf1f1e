import path from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import type { TerraformResult } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";
import { Folders, words } from "../fixtures/folders";

const minute = 60_000;
const account = "111122223333";
let folders: Folders;
let simulator: Simulator;

beforeAll(async () => {
  const root = temporaryFolder();
  simulator = await startSimulator({ directory: path.join(root, "cloud"), maxProviders: 2 });
  folders = new Folders(root, simulator);
}, minute);
afterAll(() => simulator?.stop());

const allowed_account_ids = [account];
/** The home region and a standby. */
const providers = [
  { region: "eu-west-1", allowed_account_ids },
  { alias: "standby", region: "eu-central-1", allowed_account_ids },
];

const write = (folder: string, resource: object): void => folders.write(folder, resource, providers);

const terraform = (folder: string, ...args: string[]): Promise<TerraformResult> => folders.terraform(folder, ...args);

const apply = async (folder: string, resource: object): Promise<TerraformResult> => {
  write(folder, resource);
  return terraform(folder, "apply", "-auto-approve");
};

const ref = (expression: string): string => `$${`{${expression}}`}`;
const standby = { provider: "aws.standby" };

describe("Terraform prints what AWS refuses to create", () => {
  test(
    "one refusal for each thing that cannot be",
    async () => {
      const table = { hash_key: "pk", attribute: [{ name: "pk", type: "S" }], billing_mode: "PAY_PER_REQUEST" };
      const refused = await apply("refused", {
        aws_kms_key: { single: { description: "in one region" } },
        aws_kms_replica_key: { copy: { ...standby, primary_key_arn: ref("aws_kms_key.single.arn") } },
        aws_kms_alias: {
          elsewhere: { ...standby, name: "alias/elsewhere", target_key_id: ref("aws_kms_key.single.key_id") },
        },
        aws_sqs_queue: {
          orders: {
            name: "orders",
            redrive_policy: JSON.stringify({
              deadLetterTargetArn: `arn:aws:sqs:eu-west-1:${account}:none`,
              maxReceiveCount: 3,
            }),
          },
        },
        aws_sns_topic_subscription: {
          nowhere: { topic_arn: `arn:aws:sns:eu-west-1:${account}:none`, protocol: "email", endpoint: "a@example.com" },
        },
        aws_dynamodb_table: { orders: { ...table, name: "orders" } },
        aws_dynamodb_table_replica: {
          orders: { ...standby, global_table_arn: ref("aws_dynamodb_table.orders.arn") },
        },
        aws_dynamodb_contributor_insights: { none: { table_name: "none" } },
        aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
        aws_subnet: {
          a: { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.0.0.0/20", availability_zone: "eu-west-1a" },
          outside: { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.1.0.0/24", availability_zone: "eu-west-1b" },
        },
        aws_db_subnet_group: { one_zone: { name: "one-zone", subnet_ids: [ref("aws_subnet.a.id")] } },
        aws_rds_cluster_instance: {
          none: {
            identifier: "none-1",
            cluster_identifier: "none",
            engine: "aurora-postgresql",
            instance_class: "db.r6g.large",
          },
        },
        aws_route53_zone: { own: { name: "example.org" } },
        aws_route53_record: {
          first: {
            zone_id: ref("aws_route53_zone.own.zone_id"),
            name: "www.example.org",
            type: "A",
            ttl: 60,
            records: ["192.0.2.1"],
          },
          again: {
            zone_id: ref("aws_route53_zone.own.zone_id"),
            name: "WWW.example.org",
            type: "A",
            ttl: 60,
            records: ["192.0.2.2"],
            depends_on: ["aws_route53_record.first"],
          },
        },
      });
      expect(refused.code).toBe(1);
      const said = words(refused);
      for (const expected of [
        /creating KMS Replica Key: operation error KMS: ReplicateKey, https response error StatusCode: 400, RequestID: \S+, UnsupportedOperationException/,
        /creating KMS Alias \(alias\/elsewhere\): .{90,140}NotFoundException/,
        /creating SQS Queue \(orders\): .{90,140}api error InvalidParameterValue/,
        /creating SNS Topic Subscription: .{90,140}NotFound: Topic does not exist/,
        /creating AWS DynamoDB Table Replica \(arn:aws:dynamodb:eu-west-1:111122223333:table\/orders\): .{90,140}ValidationException: Table must have streams/,
        /creating DynamoDB Contributor Insights for table \(none\): .{90,150}ResourceNotFoundException/,
        /creating EC2 Subnet: .{90,140}InvalidSubnet\.Range: The CIDR '10\.1\.0\.0\/24' is invalid/,
        /creating RDS DB Subnet Group \(one-zone\): .{90,140}DBSubnetGroupDoesNotCoverEnoughAZs/,
        /creating RDS Cluster \(none\) Instance \(none-1\): .{90,140}DBClusterNotFoundFault/,
        /creating Route53 Record: .{90,160}InvalidChangeBatch: \[Tried to create resource record set \[name='www\.example\.org\.', type='A'\] but it already exists\]/,
      ]) {
        expect(said).toMatch(expected);
      }
      expect(said.match(/Error: /g)).toHaveLength(10);
    },
    minute,
  );
});

describe("Terraform prints what AWS refuses after a deletion", () => {
  test(
    "the name of a secret in its recovery window",
    async () => {
      const secret = (recovery_window_in_days: number, name: string) => ({
        aws_secretsmanager_secret: { master: { name, recovery_window_in_days } },
      });
      for (const [days, name] of [
        [7, "kept"],
        [0, "free"],
      ] as const) {
        expect((await apply(name, secret(days, name))).stderr).toBe("");
        expect((await terraform(name, "destroy", "-auto-approve")).stderr).toBe("");
      }
      expect((await apply("free", secret(0, "free"))).stderr).toBe("");
      expect(words(await apply("kept", secret(7, "kept")))).toMatch(
        /creating Secrets Manager Secret \(kept\): .*InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion/,
      );
    },
    minute,
  );

  test(
    "a key that waits for its own deletion, in another state that still names it",
    async () => {
      expect((await apply("keys", { aws_kms_key: { data: { description: "data" } } })).stderr).toBe("");
      const [key] = simulator.inventory.all().filter(({ owner }) => owner?.address === "aws_kms_key.data");
      const named = { aws_kms_alias: { data: { name: "alias/data", target_key_id: String(key?.state.key_id) } } };
      expect((await apply("names", named)).stderr).toBe("");
      expect((await terraform("names", "destroy", "-auto-approve")).code).toBe(0);
      expect((await terraform("keys", "destroy", "-auto-approve")).code).toBe(0);
      expect(words(await apply("names", named))).toMatch(/KMSInvalidStateException: \S+ is pending deletion/);
      expect((await terraform("keys", "apply", "-auto-approve")).code).toBe(0);
      expect(words(await apply("names", named))).toMatch(/KMSInvalidStateException/);
    },
    minute,
  );
});

describe("Terraform prints what AWS refuses to delete", () => {
  test(
    "databases that are protected, in use, or without the name of a last snapshot",
    async () => {
      const cluster = (identifier: string, more: object) => ({
        cluster_identifier: identifier,
        engine: "aurora-postgresql",
        engine_version: "16.6",
        master_username: "dbadmin",
        master_password: "not-a-secret-of-anybody",
        skip_final_snapshot: true,
        ...more,
      });
      const databases = {
        aws_rds_global_cluster: { ledger: { global_cluster_identifier: "ledger", engine: "aurora-postgresql" } },
        aws_rds_cluster: {
          guarded: cluster("guarded", { deletion_protection: true }),
          unsaved: cluster("unsaved", { skip_final_snapshot: false }),
          used: cluster("used", { global_cluster_identifier: "ledger", depends_on: ["aws_rds_global_cluster.ledger"] }),
        },
      };
      expect((await apply("databases", databases)).stderr).toBe("");
      const instance = {
        identifier: "used-1",
        cluster_identifier: "used",
        engine: "aurora-postgresql",
        instance_class: "db.r6g.large",
      };
      expect((await apply("readers", { aws_rds_cluster_instance: { used: instance } })).stderr).toBe("");
      const kept = words(await terraform("databases", "destroy", "-auto-approve"));
      expect(kept).toMatch(
        /deleting RDS Cluster \(guarded\): .*InvalidParameterCombination: Cannot delete protected Cluster/,
      );
      expect(kept).toContain("RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false");
      expect(kept).toMatch(/deleting RDS Cluster \(used\): .*it still contains DB instances/);
      expect((await terraform("readers", "destroy", "-auto-approve")).code).toBe(0);
      expect(words(await terraform("databases", "destroy", "-auto-approve"))).not.toContain("(used)");
      const left = simulator.inventory.all().filter(({ type }) => type === "aws_rds_cluster");
      expect(left.map(({ state }) => state.cluster_identifier).sort()).toEqual(["guarded", "unsaved"]);
    },
    minute,
  );
});
