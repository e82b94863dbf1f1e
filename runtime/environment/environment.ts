/** One environment variable: how its text becomes a value, and what it must look like. */
export interface Variable<T> {
  /** Completes the sentence "NAME must be …". */
  readonly expected: string;
  /** The value used when the variable is unset or empty; without one the variable is required. */
  readonly fallback?: T;
  /** The value of a text, or undefined when the text is not acceptable. */
  readonly parse: (text: string) => T | undefined;
  /** The same variable, made optional. */
  default(value: T): Variable<T>;
}

function variable<T>(expected: string, parse: (text: string) => T | undefined, fallback?: T): Variable<T> {
  return { expected, parse, fallback, default: (value) => variable(expected, parse, value) };
}

/** Any text that is not empty. */
export const string = (): Variable<string> => variable("a text", (text) => text);

/** One of the given words, spelled exactly so. */
export const oneOf = <const T extends string>(...words: readonly T[]): Variable<T> =>
  variable(`one of ${words.join(", ")}`, (text) => words.find((word) => word === text));

/** A whole number from `minimum` to `maximum`, both included, in decimal digits. */
export const integer = (minimum: number, maximum: number): Variable<number> =>
  variable(`a whole number from ${minimum} to ${maximum}`, (text) => {
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  });

/** A number from `minimum` to `maximum`, both included, in decimal digits with or without a fraction. */
export const number = (minimum: number, maximum: number): Variable<number> =>
  variable(`a number from ${minimum} to ${maximum}`, (text) => {
    const value = /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  });

/** Names every environment variable that is missing or unacceptable, and never a value: values may be secrets. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";

  constructor(readonly problems: readonly string[]) {
    super(
      `${problems.length === 1 ? "An environment variable" : `${problems.length} environment variables`} cannot be used: ` +
        `${problems.join("; ")}. Set them in the environment of the Lambda function and deploy it again.`,
    );
  }
}

/** The values of a record of variables. */
export type Environment<T extends Record<string, Variable<unknown>>> = {
  readonly [Name in keyof T]: T[Name] extends Variable<infer Value> ? Value : never;
};

/**
 * Reads all variables at once and freezes the result; call it at module scope, so that a function with a wrong configuration
 * fails at its cold start and not in some later request. Throws {@link EnvironmentError}.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function readEnvironment<T extends Record<string, Variable<unknown>>>(
  variables: T,
  source: Readonly<Record<string, string | undefined>> = process.env,
): Environment<T> {
  const problems: string[] = [];
  const values = Object.entries(variables).map(([name, { expected, fallback, parse }]) => {
    const text = source[name];
    const value = text ? parse(text) : fallback;
    if (value === undefined) {
      problems.push(text ? `${name} must be ${expected}` : `${name} is missing, it must be ${expected}`);
    }
    return [name, value] as const;
  });
  if (problems.length > 0) {
    throw new EnvironmentError(problems);
  }
  return Object.freeze(Object.fromEntries(values)) as Environment<T>;
}
