import { type App, DefaultTokenResolver, StringConcat, Testing, Tokenization } from "cdktf";
import { DeploymentStack, type Grantee, type PolicyStatement } from "../../modules/core";
import { temporaryFolder } from "./temporary-folder";

type Attributes = Record<string, unknown>;

const twoRegions: readonly string[] = ["eu-west-1", "eu-central-1"];

/** The Terraform JSON of one stack. */
export interface Synthesized {
  /** Resources by type, then by address. */
  readonly resource: Record<string, Record<string, Attributes>>;
  readonly data?: Record<string, Record<string, Attributes>>;
  readonly output: Record<string, Attributes>;
  /** `type.address` of each resource, sorted. */
  readonly addresses: readonly string[];
  /** One resource. @throws Error if there is none at that address */
  at(address: string): Attributes;
}

/** An app whose output folder goes away with the test file; cdktf's `Testing.app()` leaves one behind each time. */
export const testApp = (): App => Testing.app({ outdir: temporaryFolder("synth-") });

/** Builds a stack with real checks of its constructs, by default in two regions, and reads the JSON that Terraform would. */
export function synth(
  build: (stack: DeploymentStack) => void,
  { regions = twoRegions }: { regions?: readonly string[] } = {},
): Synthesized {
  const stack = new DeploymentStack(testApp(), "test", {
    regions,
    account: "123456789012",
    tags: { Environment: "test" },
  });
  build(stack);
  const { resource = {}, data, output = {} } = JSON.parse(Testing.synth(stack));
  const all = Object.entries(resource as Synthesized["resource"]).flatMap(([type, byAddress]) =>
    Object.entries(byAddress).map(([address, attributes]) => [`${type}.${address}`, attributes] as const),
  );
  return {
    resource,
    data,
    output,
    addresses: all.map(([address]) => address).sort(),
    at: (address) => {
      const found = all.find(([known]) => known === address);
      if (!found) throw new Error(`no resource at ${address}, only ${all.map(([known]) => known).join(", ")}`);
      return found[1];
    },
  };
}

/** As `synth`, in a stack that reaches us-east-1 too, where CloudFront's parts and the metrics of health checks are. */
export const synthGlobal = (build: (stack: DeploymentStack) => void): Synthesized =>
  synth(build, { regions: [...twoRegions, "us-east-1"] });

/** A value with its tokens as Terraform expressions, `${aws_kms_key.data_primary.arn}`. */
export function resolve<T>(stack: DeploymentStack, value: T): T {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
}

/** The statements that a principal in a region is granted. */
export function grantsIn(region: string, build: (stack: DeploymentStack, grantee: Grantee) => void): PolicyStatement[] {
  const granted: PolicyStatement[] = [];
  let resolved = granted;
  synth((stack) => {
    build(stack, { region, addToRolePolicy: (statement) => granted.push(statement) });
    resolved = resolve(stack, granted);
  });
  return resolved;
}

/** A reference as it stands in Terraform JSON. */
export const ref = (path: string) => `\${${path}}`;
