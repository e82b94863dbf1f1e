import { objectOf } from "../../../terraform";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { keepStates } from "./example";

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

const statementsOf = (resource: object): Statement[] =>
  (JSON.parse(String(objectOf(resource).policy)) as { Statement: Statement[] }).Statement;

describe("StateBuckets", () => {
  const usual = synth((stack) => {
    keepStates(stack);
  });

  test("replicates both ways, with changes of replicas and without delete markers", () => {
    for (const [from, to] of [
      ["eu-west-1", "eu-central-1"],
      ["eu-central-1", "eu-west-1"],
    ]) {
      expect(usual.at(`aws_s3_bucket_replication_configuration.state_replication-${from}`)).toMatchObject({
        provider: `aws.${from}`,
        rule: [
          {
            id: `to-${to}`,
            status: "Enabled",
            delete_marker_replication: { status: "Disabled" },
            source_selection_criteria: {
              replica_modifications: { status: "Enabled" },
              sse_kms_encrypted_objects: { status: "Enabled" },
            },
            destination: {
              replication_time: { status: "Enabled", time: { minutes: 15 } },
              metrics: { status: "Enabled" },
            },
          },
        ],
      });
    }
  });

  test("leaves locks out of the replication, by what its role may not do", () => {
    const denied = statementsOf(usual.at("aws_iam_role_policy.state_replication_policy")).find(
      ({ Effect: effect }) => effect === "Deny",
    );
    expect(denied?.Action).toEqual(expect.arrayContaining(["s3:GetObjectVersionForReplication", "s3:ReplicateObject"]));
    expect(denied?.Resource).toEqual(
      ["west", "central"].flatMap((name) => [
        `arn:aws:s3:::example-state-${name}/*.tflock`,
        `arn:aws:s3:::example-state-${name}/*.rollout-lock.json`,
      ]),
    );
  });

  test("protects buckets from deletion, and encrypts them with the key of their region", () => {
    for (const bucket of ["primary", "secondary", "primary_log", "secondary_log"]) {
      expect(usual.at(`aws_s3_bucket.state_${bucket}_bucket`)).toMatchObject({ lifecycle: { prevent_destroy: true } });
    }
    expect(usual.at("aws_s3_bucket_server_side_encryption_configuration.state_secondary_encryption")).toMatchObject({
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: expect.stringContaining("aws_kms_replica_key.state_key_replica-eu-central-1"),
          },
        },
      ],
    });
  });

  test("keeps a fence in the policy of its bucket alone", () => {
    const all = synth(everyOption);
    const [tls, write, remove] = statementsOf(all.at("aws_s3_bucket_policy.state_primary_policy"));
    expect([tls?.Sid, write?.Action, remove?.Action]).toEqual([
      "RequireTls",
      "s3:PutObject",
      ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    ]);
    expect(write?.Resource).toEqual([
      "arn:aws:s3:::example-state-west/evenkeel/prod/*.tfstate",
      "arn:aws:s3:::example-state-west/evenkeel/prod/*.tfstate.tflock",
    ]);
    expect(statementsOf(all.at("aws_s3_bucket_policy.state_secondary_policy"))).toHaveLength(1);
  });
});
