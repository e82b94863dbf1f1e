import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataAwsS3Bucket } from "@cdktf/provider-aws/lib/data-aws-s3-bucket";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { acceptedFindingsOf, acceptFinding, DeploymentStack, readAcceptedFindings } from "../../../modules/core";
import { testApp } from "../../support/synth";

const account = "123456789012";
const reason = "Nobody reads it.";

/** An app with one stack of a kind, and a way to write it. */
function written(kind: "deployment" | "plain", build: (stack: TerraformStack, provider: AwsProvider) => void) {
  const app = testApp();
  const stack =
    kind === "plain"
      ? new TerraformStack(app, "test")
      : new DeploymentStack(app, "test", { regions: ["eu-west-1"], account, tags: {} });
  const provider =
    stack instanceof DeploymentStack
      ? stack.providers.in("eu-west-1")
      : new AwsProvider(stack, "aws", { region: "eu-west-1" });
  build(stack, provider);
  app.synth();
  const folder = join(app.outdir, "stacks", "test");
  return { folder, stack, terraform: readFileSync(join(folder, "cdk.tf.json"), "utf8"), app };
}

describe.each(["deployment", "plain"] as const)("A finding that is accepted in a %s stack", (kind) => {
  const logs = (stack: Construct, provider: AwsProvider) => new S3Bucket(stack, "logs", { provider, bucket: "logs" });

  test("is written beside the stack, with the address of its resource, in order", () => {
    const { folder, stack } = written(kind, (scope, provider) => {
      const inner = new Construct(scope, "inner");
      const bucket = logs(inner, provider);
      acceptFinding(bucket, "CKV_AWS_21", reason);
      acceptFinding(bucket, "CKV2_AWS_62", reason);
      acceptFinding(new DataAwsS3Bucket(scope, "other", { provider, bucket: "other" }), "CKV_ACME_1", reason);
      bucket.overrideLogicalId("renamed");
    });
    const expected = [
      { address: "aws_s3_bucket.renamed", check: "CKV2_AWS_62", reason },
      { address: "aws_s3_bucket.renamed", check: "CKV_AWS_21", reason },
      { address: "data.aws_s3_bucket.other", check: "CKV_ACME_1", reason },
    ];
    expect(readAcceptedFindings(folder)).toEqual(expected);
    expect(acceptedFindingsOf(stack)).toEqual(expected);
  });

  test("changes nothing of the Terraform JSON", () => {
    const without = written(kind, logs);
    const accepted = written(kind, (stack, provider) => acceptFinding(logs(stack, provider), "CKV_AWS_21", reason));
    expect(accepted.terraform).toBe(without.terraform);
    expect(readAcceptedFindings(without.folder)).toEqual([]);
    expect(existsSync(join(without.folder, "accepted-findings.json"))).toBe(false);
  });

  test("may depend on what is written, and is left out where its check does not fail", () => {
    const build = (versioned: boolean) =>
      written(kind, (stack, provider) => {
        const bucket = logs(stack, provider);
        acceptFinding(bucket, "CKV_AWS_21", (whole) =>
          whole().resource?.aws_s3_bucket_versioning ? undefined : reason,
        );
        if (!versioned) return;
        const versioningConfiguration = { status: "Enabled" };
        new S3BucketVersioningA(stack, "versioning", { provider, bucket: bucket.id, versioningConfiguration });
      });
    expect(readAcceptedFindings(build(false).folder)).toHaveLength(1);
    expect(readAcceptedFindings(build(true).folder)).toEqual([]);
  });

  test("takes the last reason for a check of a resource", () => {
    const { folder } = written(kind, (stack, provider) => {
      const bucket = logs(stack, provider);
      acceptFinding(bucket, "CKV_AWS_21", reason);
      acceptFinding(bucket, "CKV_AWS_21", "A team knows better.");
    });
    expect(readAcceptedFindings(folder)).toEqual([
      { address: "aws_s3_bucket.logs", check: "CKV_AWS_21", reason: "A team knows better." },
    ]);
  });

  test.each([
    ["CKV_AWS", reason, 'test/logs: "CKV_AWS" is not the id of a check; pass one such as "CKV_AWS_18"'],
    ["CKV_*", reason, '"CKV_*" is not the id of a check'],
    [
      "CKV_AWS_21",
      " ",
      "test/logs: accepts CKV_AWS_21 without a reason; say in a sentence why the resource stays as it is",
    ],
    ["CKV_AWS_21", "TODO", "accepts CKV_AWS_21 without a reason"],
  ] as const)("is refused as %j with %j", (check, why, message) => {
    expect(() => written(kind, (stack, provider) => acceptFinding(logs(stack, provider), check, why))).toThrow(message);
  });
});
