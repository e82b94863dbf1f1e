import { CodeSigning } from "../../../modules/code-signing";
import type { DeploymentStack } from "../../../modules/core";
import { ServiceFunction } from "../../../modules/service-function";
import { synth } from "../../support/synth";
import { minimalProps } from "../service-function/every-option";
import { everyOption } from "./every-option";

const region = "eu-west-1";
const signing = (stack: DeploymentStack, untrustedCode: "Warn" | "Enforce" = "Warn", where = region) =>
  new CodeSigning(stack, `signing-${where}`, {
    config: { untrustedCode },
    name: "test",
    region: where,
    account: "111111111111",
  });
const layer = { title: "insights", arn: `arn:aws:lambda:${region}:222222222222:layer:insights:3` };
const withLayer = (stack: DeploymentStack, more: object = {}) => {
  const fn = new ServiceFunction(stack, "orders", minimalProps(region));
  fn.addLayer({ ...layer, ...more });
  return fn;
};

describe("CodeSigning", () => {
  const stack = synth(everyOption);

  test("has functions take what a job has signed, and nothing from this machine", () => {
    const fn = stack.at("aws_lambda_function.signed_function");
    expect(fn).not.toHaveProperty("filename");
    expect(fn).toMatchObject({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
      s3_key: "${aws_signer_signing_job.signed_signing.signed_object[0].s3[0].key}",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
      code_signing_config_arn: "${aws_lambda_code_signing_config.full_configuration.arn}",
    });
  });

  test("signs the version that is uploaded, by a profile of Lambda's platform", () => {
    expect(stack.at("aws_signer_signing_job.signed_signing")).toMatchObject({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
      source: { s3: { version: "${aws_s3_object.signed_upload.version_id}" } },
    });
    expect(stack.at("aws_signer_signing_profile.full_profile")).toMatchObject({
      platform_id: "AWSLambda-SHA384-ECDSA",
      name_prefix: "test_full_",
      signature_validity_period: { type: "MONTHS", value: 24 },
    });
    expect(stack.at("aws_s3_bucket_versioning.full_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
  });

  test("trusts its own profile and those who sign layers of others", () => {
    expect(stack.at("aws_lambda_code_signing_config.full_configuration")).toMatchObject({
      allowed_publishers: {
        signing_profile_version_arns: [
          // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
          "${aws_signer_signing_profile.full_profile.version_arn}",
          `arn:aws:signer:${region}:222222222222:/signing-profiles/insights/a1b2c3d4e5`,
        ],
      },
      policies: { untrusted_artifact_on_deployment: "Enforce" },
    });
  });

  test("warns unless it is told to refuse", () => {
    expect(stack.at("aws_lambda_code_signing_config.least_configuration")).toMatchObject({
      policies: { untrusted_artifact_on_deployment: "Warn" },
    });
  });

  test("refuses a layer that nobody is known to sign where signatures are enforced", () => {
    expect(() => synth((stack) => withLayer(stack).signCode(signing(stack, "Enforce")))).toThrow(
      "nobody is known to sign the layer insights; say in signedBy of the layer",
    );
    expect(() => synth((stack) => withLayer(stack).signCode(signing(stack)))).not.toThrow();
  });

  test("refuses a function of another region, one that has a configuration, and too many profiles", () => {
    expect(() => synth((stack) => withLayer(stack).signCode(signing(stack, "Warn", "eu-central-1")))).toThrow(
      "is in eu-west-1, but its code would be signed in eu-central-1; sign it there",
    );
    expect(() =>
      synth((stack) => {
        const one = signing(stack);
        const fn = withLayer(stack);
        fn.signCode(one);
        fn.signCode(one);
      }),
    ).toThrow("has a code signing configuration already");
    expect(() =>
      synth((stack) => {
        const one = signing(stack);
        for (let number = 10; number < 30; number++) {
          one.trust(`arn:aws:signer:${region}:222222222222:/signing-profiles/insights/a1b2c3d4${number}`);
        }
      }),
    ).toThrow("trusts 21 signing profiles with its own, but Lambda allows 20");
  });
});
