import { unknownField } from "../core";

/**
 * Lambda features that Lambda@Edge does not support, and what to do instead.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
const features: readonly { readonly fields: readonly string[]; readonly problem: string }[] = [
  {
    fields: ["environment", "environmentVariables", "variables"],
    problem: "has no environment variables; pass the values as constants, which are built into the code",
  },
  {
    fields: ["vpc", "vpcConfig", "subnetIds", "securityGroupIds"],
    problem: "cannot reach a VPC; call a public endpoint, or do the work at the origin",
  },
  {
    fields: ["layers", "layerArns", "external"],
    problem: "does not support layers; import the packages, so that they are bundled",
  },
  {
    fields: ["reservedConcurrency", "reservedConcurrentExecutions"],
    problem:
      "has no reserved concurrency; remove the field, and raise the account's concurrency quota in the regions that serve your viewers",
  },
  {
    fields: ["provisionedConcurrency", "warmer"],
    problem:
      "has no provisioned concurrency; remove the field, and keep the bundle small so that cold starts are short",
  },
  {
    fields: ["architecture", "architectures", "arm64"],
    problem: "runs on x86_64 only; remove the field",
  },
  {
    fields: ["ephemeralStorageMb", "ephemeralStorage"],
    problem: "always has 512 MB of /tmp; remove the field",
  },
  {
    fields: ["tracing", "tracingConfig"],
    problem: "has no active tracing; remove the field, and pass a correlation id to the origin, which traces requests",
  },
  {
    fields: ["deadLetters", "deadLetterConfig", "asyncInvoke"],
    problem:
      "is invoked synchronously, so it has no dead-letter queue; remove the field, and watch its alarms and logs",
  },
  {
    fields: ["imageUri", "packageType", "container"],
    problem: "does not support container images; set entry to the handler's source file",
  },
  { fields: ["snapStart"], problem: "does not support SnapStart; remove the field" },
  { fields: ["fileSystemConfig"], problem: "cannot mount file systems; remove the field" },
  { fields: ["sourceMap"], problem: "cannot use source maps, as they need NODE_OPTIONS; remove the field" },
  { fields: ["updateRuntimeOn"], problem: "only gets automatic runtime updates; remove the field" },
  {
    fields: ["kmsKeyArn", "codeSigningConfigArn"],
    problem: "supports neither KMS keys for environment variables nor code signing; remove the field",
  },
  { fields: ["region"], problem: "is always created in us-east-1 and runs worldwide; remove the field" },
  {
    fields: ["alias", "qualifier", "publish"],
    problem: "is always associated by its published version; remove the field",
  },
];

/** The message for a field that the schema does not have. */
export function unsupportedField(name: string, known: readonly string[]): string {
  const feature = features.find(({ fields }) => fields.includes(name));
  return feature ? `is not supported at the edge: Lambda@Edge ${feature.problem}` : unknownField(name, known);
}
