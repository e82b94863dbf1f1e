import type { z } from "zod";
import { stageTable } from "../../config";
import { identifierFields } from "../../config/rules/identifiers";
import { joinedSchema } from "../../config/schema";
import { type Expected, placeProblem, whereaboutsOf } from "../../values/availability";

interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly pattern?: RegExp } } }[];
}

/** Every text in the schema: its path, and the patterns that it must match. */
function texts(schema: z.ZodType, path: readonly string[] = []): { path: string; patterns: string }[] {
  const def = schema._zod.def as unknown as Def;
  if (def.innerType) return texts(def.innerType, path);
  if (def.options) return def.options.flatMap((option) => texts(option, path));
  if (def.shape) return Object.entries(def.shape).flatMap(([name, field]) => texts(field, [...path, name]));
  if (def.element) return texts(def.element, [...path, "[]"]);
  if (def.valueType) return texts(def.valueType, [...path, "*"]);
  const patterns = (def.checks ?? []).map((check) => check._zod.def.pattern?.source ?? "").join(" ");
  return def.type === "string" ? [{ path: path.join("."), patterns }] : [];
}

/** Names and patterns of fields for something that is in AWS already. */
const byName = /(arn|arns|image|imageUri|administrators)(\.\[\])?$/i;
const byPattern = /arn:|dkr\\?\.ecr|sha256/;

const home = "eu-west-1";
const expected: Expected = { partitionOf: home, regions: [home, "eu-central-1"], account: "111122223333" };

describe("A field that names what is in AWS already", () => {
  const found = texts(joinedSchema(stageTable, []));
  const covered = new Set(identifierFields.map(({ path }) => path.join(".")));

  test("has its partition, region and account looked at, wherever it is in the schema", () => {
    expect(found.length).toBeGreaterThan(80);
    const named = found.filter(({ path, patterns }) => byName.test(path) || byPattern.test(patterns));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ path }) => !covered.has(path)).map(({ path }) => path)).toEqual([]);
  });

  test("is in the schema if it is in the list", () => {
    const known = new Set(found.map(({ path }) => path));
    expect([...covered].filter((path) => !known.has(path))).toEqual([]);
  });
});

describe("The place of something", () => {
  test("is read from ARNs and from addresses of ECR, and from nothing else", () => {
    expect(whereaboutsOf("arn:aws:iam::111122223333:role/a:b")).toEqual({
      partition: "aws",
      service: "iam",
      region: "",
      account: "111122223333",
    });
    expect(whereaboutsOf("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/pool@sha256:00")).toEqual({
      partition: "aws-cn",
      service: "ecr",
      region: "cn-north-1",
      account: "111122223333",
    });
    for (const text of ["public.ecr.aws/pool@sha256:00", "arn:aws:iam", "arn", "", "pool:latest"]) {
      expect(whereaboutsOf(text)).toBeUndefined();
    }
  });

  const secret = (partition: string, region: string, account: string) =>
    `arn:${partition}:secretsmanager:${region}:${account}:secret:pool-AbCdEf`;

  test.each([
    [
      "another partition",
      secret("aws-cn", "cn-north-1", "111122223333"),
      /^is a secret in the partition aws-cn, but eu-west-1 is in aws; use a secret in aws$/,
    ],
    [
      "a region that there is not",
      secret("aws", "eu-west-9", "111122223333"),
      /^is a secret in eu-west-9, which is not a region of AWS; use one in eu-west-1 or eu-central-1$/,
    ],
    [
      "a partition that is not the region's",
      secret("aws", "cn-north-1", "111122223333"),
      /^names the partition aws, but its region cn-north-1 is in aws-cn; copy it again$/,
    ],
    [
      "another region",
      secret("aws", "eu-north-1", "111122223333"),
      /^is a secret in eu-north-1, which is not a region of the environment; use one in eu-west-1 or eu-central-1$/,
    ],
    [
      "another account",
      secret("aws", "eu-west-1", "999988887777"),
      /^is a secret in another account, not 111122223333; use a secret in the environment's account$/,
    ],
    [
      "another region and account, told once",
      secret("aws", "eu-north-1", "999988887777"),
      /^is a secret in eu-north-1/,
    ],
  ])("is refused in %s", (_, arn, words) => expect(placeProblem("secret", arn, expected)).toMatch(words));

  test("is taken where it is right, or where nothing is expected of it", () => {
    expect(placeProblem("secret", secret("aws", "eu-central-1", "111122223333"), expected)).toBeUndefined();
    expect(placeProblem("key", secret("aws", "us-west-2", "999988887777"), { partitionOf: home })).toBeUndefined();
    expect(
      placeProblem("role", "arn:aws:iam::111122223333:role/a", { partitionOf: home, account: "111122223333" }),
    ).toBeUndefined();
  });
});
