import { unknownField } from "../core";

/**
 * What Lambda functions have elsewhere and Lambda@Edge does not take, with what to do instead.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
const features: readonly { readonly fields: readonly string[]; readonly problem: string }[] = [
  {
    fields: ["environment", "environmentVariables", "variables"],
    problem: "has no environment variables; name the values as constants, which are baked into the code",
  },
  {
    fields: ["vpc", "vpcConfig", "subnetIds", "securityGroupIds"],
    problem: "reaches no VPC; call a public endpoint, or do the work behind the origin",
  },
  { fields: ["layers", "layerArns", "external"], problem: "takes no layers; import the packages, they are bundled" },
  {
    fields: ["reservedConcurrency", "reservedConcurrentExecutions"],
    problem: "has no reserved concurrency; raise the account's quota in the regions that serve",
  },
  {
    fields: ["provisionedConcurrency", "warmer"],
    problem: "has no provisioned concurrency; keep the bundle small instead",
  },
  {
    fields: ["architecture", "architectures", "arm64"],
    problem: "runs on x86_64 only; remove the field",
  },
  {
    fields: ["ephemeralStorageMb", "ephemeralStorage"],
    problem: "has 512 MB of /tmp and no more; remove the field",
  },
  {
    fields: ["tracing", "tracingConfig"],
    problem: "has no active tracing; pass a correlation id on to the origin, which traces",
  },
  {
    fields: ["deadLetters", "deadLetterConfig", "asyncInvoke"],
    problem: "is invoked synchronously and has no dead letters; look at its alarms and logs",
  },
  {
    fields: ["imageUri", "packageType", "container"],
    problem: "takes no container images; name the handler's source file as entry",
  },
  { fields: ["snapStart"], problem: "has no SnapStart; remove the field" },
  { fields: ["fileSystemConfig"], problem: "mounts no file systems; remove the field" },
  { fields: ["sourceMap"], problem: "cannot switch source maps on without NODE_OPTIONS; remove the field" },
  { fields: ["updateRuntimeOn"], problem: "takes runtime updates automatically only; remove the field" },
  {
    fields: ["kmsKeyArn", "codeSigningConfigArn"],
    problem: "takes no keys for environment variables and no code signing; remove the field",
  },
  { fields: ["region"], problem: "is always created in us-east-1 and runs everywhere; remove the field" },
  {
    fields: ["alias", "qualifier", "publish"],
    problem: "is always associated by a numbered version; remove the field",
  },
];

/** What is wrong with a field that the schema does not have, and what to do. */
export function unsupportedField(name: string, known: readonly string[]): string {
  const feature = features.find(({ fields }) => fields.includes(name));
  return feature ? `is not supported at the edge: Lambda@Edge ${feature.problem}` : unknownField(name, known);
}
