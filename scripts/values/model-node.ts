import type { Limits } from "../../values/constraint";
import type { Botocore, ServiceModel, Shape } from "./botocore";
import type { CfnLint, Property, TypeSchema } from "./cfn-lint";

/** A place in AWS's model, whichever source it is from. */
export interface ModelNode {
  readonly source: "api" | "cfn";
  /** `lambda.CreateFunction.VpcConfig.SubnetIds[]` */
  readonly path: string;
  /** Equal for what the model takes for one thing: it contains itself there. */
  readonly shape: string;
  readonly limits: Limits;
  member(name: string): ModelNode | undefined;
  readonly names: readonly string[];
  /** Entries of a list. */
  readonly entry: ModelNode | undefined;
  readonly key: ModelNode | undefined;
  readonly value: ModelNode | undefined;
}

/** The input of an operation, `lambda.CreateFunction`. @throws Error if the model has no such operation */
export function operationNode(botocore: Botocore, service: string, operation: string): ModelNode {
  const model = botocore.service(service);
  const { input } = model.operations[operation] ?? {};
  if (!input) throw new Error(`botocore ${botocore.version} has no ${service}.${operation} with an input`);
  return shapeNode(model, input.shape, `${service}.${operation}`);
}

function shapeNode(model: ServiceModel, name: string, path: string): ModelNode {
  const shape = model.shapes[name] ?? { type: "unknown" };
  const at = (of: { shape: string } | undefined, suffix: string) =>
    of && shapeNode(model, of.shape, `${path}${suffix}`);
  return {
    source: "api",
    path,
    shape: name,
    limits: shapeLimits(shape),
    names: Object.keys(shape.members ?? {}),
    member: (member) => at(shape.members?.[member], `.${member}`),
    get entry() {
      return at(shape.member, "[]");
    },
    get key() {
      return at(shape.key, "{key}");
    },
    get value() {
      return at(shape.value, "{}");
    },
  };
}

function shapeLimits({ type, min, max, pattern, enum: values }: Shape): Limits {
  if (type === "list" || type === "map") return { minItems: min, maxItems: max };
  if (type === "string" || type === "blob") return { minLength: min, maxLength: max, pattern, enum: values };
  return /^(integer|long|float|double|bigInteger|bigDecimal|short)$/.test(type) ? { min, max } : {};
}

/** A CloudFormation type, `AWS::Lambda::Function`. @throws Error if cfn-lint has no such type */
export function typeNode(cfnLint: CfnLint, type: string): ModelNode {
  const schema = cfnLint.type(type);
  return propertyNode(schema, schema, type);
}

function propertyNode(schema: TypeSchema, given: Property, path: string): ModelNode {
  const [, definition] = /^#\/definitions\/(\w+)$/.exec(given.$ref ?? "") ?? [];
  const property = (definition && schema.definitions?.[definition]) || given;
  const at = (of: Property | undefined, suffix: string) => of && propertyNode(schema, of, `${path}${suffix}`);
  return {
    source: "cfn",
    path,
    shape: definition ?? path,
    limits: propertyLimits(property),
    names: Object.keys(property.properties ?? {}),
    member: (name) => at(property.properties?.[name], `.${name}`),
    get entry() {
      return at(property.items, "[]");
    },
    key: undefined,
    get value() {
      return at(Object.values(property.patternProperties ?? {})[0], "{}");
    },
  };
}

function propertyLimits({ minimum, maximum, enum: values, pattern, ...rest }: Property): Limits {
  const { minLength, maxLength, minItems, maxItems } = rest;
  return { minLength, maxLength, min: minimum, max: maximum, minItems, maxItems, pattern, enum: values?.map(String) };
}
