import { z } from "zod";
import { isUserError } from "../../errors";
import { ConfigError, type ConfigIssue, parseConfig, showPath, showReceived, strictObject } from "../../modules/core";
import type { EnvironmentDefinition } from "../define-environment";
import { domainsOf } from "../domains";
import { isDefinition } from "../is-definition";
import type { Terms } from "../organisation";
import type { PreviewsInput } from "./input";

const subject = "evenkeel.config.ts: previews";

const previewsConfig = strictObject(() => ({
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,7}$/, "is no prefix; use 1 to 8 lower-case letters and digits, the first one a letter"),
  expiresAfterHours: z.int().min(1).max(720).default(48),
  atMost: z.int().min(1).max(50).default(5),
}));

/** Previews as a project declares them. Nothing is checked until one is asked for. */
export class Previews {
  private parsed?: z.output<typeof previewsConfig>;

  constructor(
    /** As the file states it. */
    readonly input: PreviewsInput,
  ) {}

  /** What each name begins with, before `-` and the number. @throws ConfigError with every mistake of the definition */
  get prefix(): string {
    return this.config.prefix;
  }

  /** How long a preview stands after its last deployment, in hours. */
  get expiresAfterHours(): number {
    return this.config.expiresAfterHours;
  }

  /** How many may stand at once. */
  get atMost(): number {
    return this.config.atMost;
  }

  /** Whether an environment of this name is a preview. */
  has(name: string): boolean {
    return this.numberOf(name) !== undefined;
  }

  /**
   * The environment of a preview by its name.
   * @param terms what the project sets for all environments, and the rules of previews
   * @throws ConfigError if the function makes another environment, or two previews would have one domain, or states in two places
   */
  environment(name: string, terms: Terms): EnvironmentDefinition {
    const made = this.made(name).within(terms);
    const issues = this.differences(made, this.made(`${this.prefix}-${(this.numberOf(name) ?? 0) + 1}`).within(terms));
    if (issues.length > 0) throw new ConfigError(subject, issues);
    return made;
  }

  /** What has to differ between two previews, and does not, and the other way round. */
  private differences(one: EnvironmentDefinition, other: EnvironmentDefinition): ConfigIssue[] {
    const taken = new Set(domainsOf(other.input).map(({ domain }) => domain));
    const shared = domainsOf(one.input).filter(({ domain }) => taken.has(domain));
    const [place, otherPlace] = [one, other].map(({ stated }) => JSON.stringify(stated.state));
    return [
      ...shared.map(({ path, domain }) => ({
        path: showPath(["environment", ...path]),
        message:
          "is the same in every preview, so that one would take the other's traffic; put the name that the function is given in front of it",
        received: JSON.stringify(domain),
      })),
      ...(place === otherPlace
        ? []
        : [
            {
              path: "environment.state",
              message:
                "differs from preview to preview, but they are looked for in one place; name the same bucket and keyPrefix for all of them, as each state has the preview's name",
              received: place ?? "nothing",
            },
          ]),
    ];
  }

  private get config() {
    if (this.parsed) return this.parsed;
    // A function is no data, which is all that a config takes.
    const { environment, ...data } = this.input ?? {};
    if (typeof environment !== "function") {
      const message = "is not a function; write ({ name }) => defineEnvironment({ name, ... })";
      throw new ConfigError(subject, [{ path: "environment", message, received: showReceived(environment, []) }]);
    }
    this.parsed = parseConfig(previewsConfig, data, subject);
    return this.parsed;
  }

  /** The number in a name; a name has no zeros in front, so that no preview has two. */
  private numberOf(name: string): number | undefined {
    const [, digits] = /^[a-z0-9]+-([1-9]\d{0,6})$/.exec(name) ?? [];
    return digits !== undefined && name === `${this.prefix}-${digits}` ? Number(digits) : undefined;
  }

  private called(name: string): unknown {
    try {
      return this.input.environment({ name, number: this.numberOf(name) ?? 0 });
    } catch (error) {
      if (isUserError(error)) throw error;
      const received = showReceived(error instanceof Error ? `${error.name}: ${error.message}` : String(error), []);
      throw new ConfigError(subject, [
        { path: "environment", message: `throws an error for ${name}; correct it`, received },
      ]);
    }
  }

  private made(name: string): EnvironmentDefinition {
    const made: unknown = this.called(name);
    const received = isDefinition(made) ? showReceived(made.name, []) : showReceived(made, []);
    if (isDefinition(made) && made.name === name) return made;
    const message = isDefinition(made)
      ? `makes an environment of another name than ${name}; pass on the name that it is given`
      : "makes no environment; return what defineEnvironment returns";
    throw new ConfigError(subject, [{ path: "environment", message, received }]);
  }
}

/**
 * Declares previews: `deploy pr-123` deploys the environment of pull request 123, and `previews sweep` destroys what has expired.
 * They are listed nowhere, and no verb that takes all environments takes them.
 */
export const definePreviews = (input: PreviewsInput): Previews => new Previews(input);
