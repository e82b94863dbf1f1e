/** What AWS says about one value. Lengths are in characters (code points), unless `bytes` says otherwise. */
export interface Limits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** Number of entries of a list, a set, a map or of blocks. */
  readonly minItems?: number;
  readonly maxItems?: number;
  /** As its source writes it: of the whole value, unless it begins with ^ and has no $. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** One line of a data file: the limits of an attribute, and whose they are. */
export interface SourcedLimits extends Limits {
  /** `lambda.CreateFunction.FunctionName` in the API's model. */
  readonly api?: string;
  /** `AWS::Lambda::Function.FunctionName` in cfn-lint's schemas. */
  readonly cfn?: string;
  /** The limits that are from cfn-lint, where both know the attribute. */
  readonly fromCfn?: readonly (keyof Limits)[];
  /** The attributes below are those of this path: the model contains itself. */
  readonly same?: string;
}

/** Limits by the path of an attribute: `vpc_config.subnet_ids.*`; `*` is each entry, `{}` each key of a map. */
export type LimitsByPath = Readonly<Record<string, SourcedLimits>>;

/** A file of `values/data`, written by `npm run values`. */
export interface DataFile {
  readonly licence: readonly string[];
  readonly botocore: string;
  readonly cfnLint: string;
  /** The version of each service's API. */
  readonly services: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, LimitsByPath>>;
}

/** The kinds of limits, in the order of the data files. */
export const limitKinds = [
  "minLength",
  "maxLength",
  "min",
  "max",
  "minItems",
  "maxItems",
  "pattern",
  "enum",
] as const satisfies readonly (keyof Limits)[];
