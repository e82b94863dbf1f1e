import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { dataHoldingTypes, supportingTypes } from "../../gates";
import { dataHoldingPage } from "../../scripts/data-holding";

const library = join(dirname(require.resolve("@cdktf/provider-aws/package.json")), "lib");

/** Resource types of the provider binding, with the source of each. */
function providerTypes(): Map<string, string> {
  const types = new Map<string, string>();
  for (const folder of readdirSync(library)) {
    const file = join(library, folder, "index.js");
    if (folder.startsWith("data-aws-") || !existsSync(file)) continue;
    const source = readFileSync(file, "utf8");
    for (const [, type] of source.matchAll(/\.tfResourceType = ["'](aws_\w+)["']/g)) {
      if (type) types.set(type, source);
    }
  }
  return types;
}

/** Arguments that AWS only gives to what holds something worth keeping. */
const signs =
  /^\s+(deletion_protection(_enabled)?|skip_final_snapshot|final_snapshot_(identifier|name)|skip_final_backup|backup_retention_period|snapshot_retention_limit|automatic_backup_retention_days|point_in_time_recovery|deletion_window_in_days|recovery_window_in_days|termination_protection|force_destroy|force_delete|storage_encrypted): \{$/m;

/** Types that carry such a sign for another reason. */
const harmless: Readonly<Record<string, string>> = {
  aws_athena_workgroup: "queries are in the configuration",
  aws_autoscaling_group: "instances come and go",
  aws_cloudwatch_event_rule: "configuration",
  aws_cloudwatch_event_target: "configuration",
  aws_dataexchange_revision_assets: "part of a data set",
  aws_default_subnet: "network",
  aws_default_vpc: "network",
  aws_dx_lag: "network",
  aws_ecs_service: "tasks come and go",
  aws_ecs_task_set: "tasks come and go",
  aws_elastic_beanstalk_application_version: "an upload",
  aws_iam_user: "credentials are made to be rotated",
  aws_redshift_endpoint_authorization: "a permission",
  aws_redshift_snapshot_schedule: "configuration",
  aws_s3_bucket_object: "an upload",
  aws_s3_object: "an upload",
  aws_s3_object_copy: "a copy of an object that is kept elsewhere",
  aws_service_discovery_service: "instances register themselves",
  aws_transfer_server: "files are in S3 or EFS",
};

describe("The data-holding types", () => {
  const types = providerTypes();
  const listed = Object.keys(dataHoldingTypes);

  test("were compared with the provider's whole list", () => {
    expect(types.size).toBeGreaterThan(1400);
  });

  test("are in the reference, as `npm run docs` writes them", () => {
    const page = join(__dirname, "..", "..", "docs", "reference", "data-holding.md");
    expect(readFileSync(page, "utf8")).toBe(dataHoldingPage());
  });

  test("all exist in the provider", () => {
    expect(listed.filter((type) => type.startsWith("aws_") && !types.has(type))).toEqual([]);
    expect(Object.keys(supportingTypes).filter((type) => !types.has(type))).toEqual([]);
    expect(listed.filter((type) => !/^(aws|vault|tls|random)_[a-z0-9_]+$/.test(type))).toEqual([]);
  });

  test("include every type with deletion protection, final snapshots, backups or a deletion window", () => {
    const signed = [...types].filter(([, source]) => signs.test(source)).map(([type]) => type);
    expect(signed.length).toBeGreaterThan(60);
    expect(signed.filter((type) => !(type in dataHoldingTypes) && !(type in harmless))).toEqual([]);
    expect(Object.keys(harmless).filter((type) => !signed.includes(type) || type in dataHoldingTypes)).toEqual([]);
  });

  test("include the snapshots, vaults, queues, streams and file systems, by their names", () => {
    const byName =
      /^(?!aws_datasync_location).*_(snapshot(_copy)?|vault|queue|stream|file_system|ledger|user_pool|log_group|repository|archive)$/;
    const otherwise = new Set([
      "aws_batch_job_queue", // jobs come from their submitters
      "aws_cloudwatch_metric_stream", // metrics are kept in CloudWatch
      "aws_connect_queue", // routing rules
      "aws_gamelift_game_session_queue", // placement rules
      "aws_media_convert_queue", // jobs come from their submitters
      "aws_pinpoint_event_stream", // configuration
      "aws_qldb_stream", // the journal is in the ledger
      "aws_rds_cluster_activity_stream", // records go to a Kinesis stream
      "aws_redshift_snapshot_copy", // schedule
      "aws_sagemaker_code_repository", // a link
    ]);
    const missing = [...types.keys()].filter(
      (type) => byName.test(type) && !(type in dataHoldingTypes) && !otherwise.has(type),
    );
    expect(missing).toEqual([]);
  });

  test("say what each holds in a few words that end the sentence", () => {
    for (const holds of Object.values(dataHoldingTypes)) expect(holds).toMatch(/^[a-zA-Z][^.;]{3,70}$/);
  });
});
