import type { Limits } from "../constraint";
import type { Check, ValueProblem } from "../problem";

/** Arguments or attributes of a resource by Terraform name. */
export type Values = Readonly<Record<string, unknown>>;

/** Looks at several arguments of one resource. */
export type ValuesRule = (values: Values) => readonly ValueProblem[];

/**
 * What we say of an attribute ourselves, in place of the model or because the model says nothing. A limit of `null` takes
 * the model's away.
 */
export type OwnLimits = { readonly [kind in keyof Limits]?: Limits[kind] | null } & {
  /** Lengths are in bytes of UTF-8. */
  readonly bytes?: true;
  /** For a pattern: `is no hosted zone id; copy it from …`. */
  readonly says?: string;
  /** Why the model does not say so. */
  readonly because?: string;
  /** The page of AWS, or of the provider, that says so. */
  readonly see: string;
};

/** The language that a text is written in. */
export interface Language {
  /** In the words of the reference: `a schedule of EventBridge`. */
  readonly language: string;
  readonly check: Check<string>;
  /** The page that describes the language. */
  readonly see: string;
}

/** What is known of the values of one resource type. */
export interface TypeValues {
  /**
   * Where the values go: operations in botocore's model, and what below them holds the values,
   * `cloudfront.CreateDistribution.DistributionConfig`. The first that has a member counts.
   */
  readonly api?: readonly string[];
  /** The type in cfn-lint's schemas, with a property where the values are below one. */
  readonly cfn?: string;
  /**
   * Members that are not called as the attribute is, by its path: relative to what the block above is, or with the operation
   * where it begins with a slash; several where a block joins them; null where equal names mean different things.
   */
  readonly members?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly own?: Readonly<Record<string, OwnLimits>>;
  /** Attributes that nobody sets by hand, by path: what the toolkit computes them from. */
  readonly computed?: Readonly<Record<string, string>>;
  /** Attributes that nothing checks, by path, and why. */
  readonly unchecked?: Readonly<Record<string, string>>;
  readonly rules?: readonly ValuesRule[];
}

/** What is known of the types of one AWS service; its data file has the same name. */
export type Family = Readonly<Record<string, TypeValues>>;
