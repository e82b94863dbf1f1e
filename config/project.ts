import type { AcknowledgedFinding, AcknowledgedRemoval, Gate, Leaving } from "../contract";
import {
  awsProviderRequirement,
  ConfigError,
  type ConfigIssue,
  parseConfig,
  showPath,
  showReceived,
  suggestion,
} from "../modules/core";
import { type Audit, type AuditInput, auditConfig } from "./audit";
import { type AccountDefinition, type Deployable, isAccount } from "./define-account";
import type { EnvironmentDefinition } from "./define-environment";
import { domainsOf, regionalDomainsOf } from "./domains";
import { isDefinition } from "./is-definition";
import { type Organisation, type ProjectTerms, Terms } from "./organisation";
import { type Previews, previewRules } from "./previews";
import { promotionIssues } from "./promotion";

/** What a project consists of: the default export of `evenkeel.config.ts` in its top folder. */
export interface ProjectConfig extends ProjectTerms {
  /** Every environment of the project, in the order in which the verbs name them. */
  readonly environments: readonly EnvironmentDefinition[];
  /** AWS accounts with what each has once, whichever environments are in it; deployed by their names. */
  readonly accounts?: readonly AccountDefinition[];
  /** Which licences and known vulnerabilities the packages in bundles may have; checked by `evenkeel audit`. */
  readonly audit?: AuditInput;
  /** Small environments for pull requests, which a job destroys once they have expired. */
  readonly previews?: Previews;
}

/** A project, which finds its environments by name. */
export class Project {
  private readonly terms: Terms;
  private joined?: readonly EnvironmentDefinition[];

  constructor(private readonly config: ProjectConfig) {
    this.terms = new Terms(config);
  }

  /** The environments, each with what the project sets for all of them. */
  get environments(): readonly EnvironmentDefinition[] {
    const { environments } = this.config;
    const { terms } = this;
    // What is not a list of environments is told where one is asked for.
    if (!Array.isArray(environments) || !environments.every(isDefinition) || !terms.any) return environments;
    this.joined ??= environments.map((environment) => environment.within(terms));
    return this.joined;
  }

  /** The accounts. @throws ConfigError if one is none, or has the name of another or of an environment */
  get accounts(): readonly AccountDefinition[] {
    this.checkNames();
    return this.config.accounts ?? [];
  }

  /** The previews; undefined where the project has none. @throws ConfigError if they are none, or have the name of an environment or account */
  get previews(): Previews | undefined {
    this.checkNames();
    return this.config.previews;
  }

  /** The version of hashicorp/aws that the installed binding pins. */
  get awsProvider(): string {
    return awsProviderRequirement.version;
  }

  /** What the organisation sets for all environments, with its defaults. @throws ConfigError with every mistake in it */
  get organisation(): Organisation {
    return this.terms.organisation;
  }

  /** What is asked of the packages in bundles, with its defaults. @throws ConfigError with every mistake in it */
  get audit(): Audit {
    return parseConfig(auditConfig, this.config.audit ?? {}, "evenkeel.config.ts: audit");
  }

  /**
   * A further environment as this project would have it.
   * @throws ConfigError when its name or a domain is another one's
   */
  withNew(environment: EnvironmentDefinition): EnvironmentDefinition {
    const { environments } = this.config;
    // What is not a list is told by the new project.
    const all = Array.isArray(environments) ? [...environments, environment] : environments;
    return new Project({ ...this.config, environments: all }).find(environment.name);
  }

  /** The gates of all environments' capabilities and extensions, for plans of any of them. */
  get gates(): readonly Gate[] {
    return [...new Set(this.environments.flatMap(({ toolkit }) => toolkit.gates))];
  }

  /** The data-holding types of all environments' capabilities. */
  get dataHoldingTypes(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.environments.map(({ toolkit }) => toolkit.dataHoldingTypes));
  }

  /**
   * The largest quota of concurrent executions of Lambda that an environment states, for the simulated cloud; undefined if none
   * states one. Nothing else of the files is read, whose mistakes must not stop a simulation.
   */
  get statedLambdaConcurrency(): number | undefined {
    const stated = this.environments.flatMap(({ stated }) => stated.quotas?.lambdaConcurrentExecutions ?? []);
    const numbers = stated.filter((quota) => Number.isInteger(quota) && quota > 0);
    return numbers.length > 0 ? Math.max(...numbers) : undefined;
  }

  /**
   * The acknowledged removals of the environments that some stacks are of, by the first part of the stacks' names.
   * @throws ConfigError with every mistake in them
   */
  acknowledgedRemovalsIn(stacks: readonly string[]): readonly AcknowledgedRemoval[] {
    return this.environments
      .filter(({ name }) => stacks.some((stack) => stack.startsWith(`${name}-`)))
      .flatMap(({ acknowledgedRemovals }) => acknowledgedRemovals);
  }

  /** The acknowledged findings of the environments that some stacks are of. @throws ConfigError with every mistake in them */
  acknowledgedFindingsIn(stacks: readonly string[]): readonly AcknowledgedFinding[] {
    return this.environments
      .filter(({ name }) => stacks.some((stack) => stack.startsWith(`${name}-`)))
      .flatMap(({ acknowledgedFindings }) => acknowledgedFindings);
  }

  /** What leaves the environments that some stacks are of. */
  leavingIn(stacks: readonly string[]): Leaving {
    const all = this.environments
      .filter(({ name }) => stacks.some((stack) => stack.startsWith(`${name}-`)))
      .map(({ leaving }) => leaving);
    return { regions: all.flatMap(({ regions }) => regions), stacks: all.flatMap((one) => one.stacks) };
  }

  /**
   * The environments of a comma-separated list of names; all of them when there is no list.
   * @throws ConfigError when a name is unknown or begins another one, or two environments have one domain
   */
  load(names?: string): readonly EnvironmentDefinition[] {
    this.checkNames();
    if (names === undefined || names === "") return this.environments;
    const chosen = names.split(",").map((name) => name.trim());
    return [...new Set(chosen)].map((name) => this.find(name));
  }

  /**
   * The environments and accounts of a comma-separated list of names; all of them when there is no list.
   * @throws ConfigError when a name is unknown or begins another one, or two environments have one domain
   */
  loadDeployables(names?: string): readonly Deployable[] {
    this.checkNames();
    if (names === undefined || names === "") return [...this.environments, ...this.accounts];
    return [...new Set(names.split(",").map((name) => name.trim()))].map((name) => this.findDeployable(name));
  }

  /** One environment or account by its name. @throws ConfigError as `find` */
  findDeployable(name: string): Deployable {
    return this.accounts.find((account) => account.name === name) ?? this.find(name);
  }

  /** One environment by its name. @throws ConfigError if there is none, a name begins another one, or two have one domain */
  find(name: string): EnvironmentDefinition {
    this.checkNames();
    const found = this.environments.find((environment) => environment.name === name) ?? this.preview(name);
    if (found) return found;
    const known = this.environments.map((environment) => environment.name);
    throw new ConfigError("ENVIRONMENT", [
      {
        path: showPath([name]),
        message: `is not an environment of this project; ${suggestion(name, known)}`,
        received: showReceived(name, []),
      },
    ]);
  }

  /** The environment of a preview, as the project would have it; undefined for any other name. */
  private preview(name: string): EnvironmentDefinition | undefined {
    const { previews, environments, ...config } = this.config;
    if (!previews?.has(name)) return undefined;
    const terms = new Terms({ ...config, rules: [...(config.rules ?? []), ...previewRules] });
    const made = previews.environment(name, terms);
    const issues = this.sharedDomains([...environments, made]);
    if (issues.length > 0) throw new ConfigError(`preview "${name}"`, issues);
    return made;
  }

  /**
   * Stacks are called `<environment>-<stack>`, and so is everything in AWS: `pay-*` would also be the stacks of `pay-vault`, and the
   * table `vault-keys` of the one the table `keys` of the other.
   */
  private checkNames(): void {
    const { environments } = this;
    if (!Array.isArray(environments) || environments.length === 0) {
      const message = "names no environments; list what defineEnvironment returns";
      const received = showReceived(environments, []);
      throw new ConfigError("evenkeel.config.ts", [{ path: "environments", message, received }]);
    }
    const undefinedOnes = environments.flatMap((environment: unknown, index) => {
      if (isDefinition(environment)) return [];
      const message = "is not an environment; use what defineEnvironment returns";
      return [{ path: `environments[${index}]`, message, received: showReceived(environment, []) }];
    });
    if (undefinedOnes.length > 0) throw new ConfigError("evenkeel.config.ts", undefinedOnes);
    const { accounts = [] } = this.config;
    const noAccount = Array.isArray(accounts) ? accounts.findIndex((each) => !each || !isAccount(each)) : 0;
    if (noAccount >= 0) {
      const message = "is not an account; use what defineAccount returns";
      const received = showReceived(Array.isArray(accounts) ? accounts[noAccount] : accounts, []);
      throw new ConfigError("evenkeel.config.ts", [{ path: `accounts[${noAccount}]`, message, received }]);
    }
    const { previews } = this.config;
    if (previews !== undefined && !isPreviews(previews)) {
      const message = "is not what definePreviews returns; declare previews with it";
      throw new ConfigError("evenkeel.config.ts", [
        { path: "previews", message, received: showReceived(previews, []) },
      ]);
    }
    const names = [...environments, ...accounts].map(({ name }) => name);
    const issues = names.flatMap((name, index) => {
      const own = index - environments.length;
      // What is not a valid name is told with the other mistakes of its environment.
      if (typeof name !== "string") return [];
      const path = own < 0 ? `environments[${index}].name` : `accounts[${own}].name`;
      const received = showReceived(name, []);
      if (names.indexOf(name) < index) {
        const another = own < 0 ? "another environment" : "an environment or another account";
        return [{ path, message: `is the name of ${another}; give each its own`, received }];
      }
      const begun = names.find((other) => typeof other === "string" && name.startsWith(`${other}-`));
      if (begun === undefined) return [];
      const message = `begins with the name of another ${environments.some((each) => each.name === begun) ? "environment" : "account"}, "${begun}-", so that both would have the same stacks and names; rename one that is not deployed yet`;
      return [{ path, message, received }];
    });
    const prefix = previews?.prefix;
    const met = prefix && names.find((name) => typeof name === "string" && `${name}-`.startsWith(`${prefix}-`));
    if (met) {
      const message = `is what the name of "${met}" begins with, so that both would have the same stacks and names; choose another prefix`;
      issues.push({ path: "previews.prefix", message, received: showReceived(prefix, []) });
    }
    // One environment that is listed twice shares all of its domains.
    const all = issues.length > 0 ? issues : [...this.sharedDomains(), ...promotionIssues(this.environments)];
    if (all.length > 0) throw new ConfigError("evenkeel.config.ts", all);
  }

  /** All else in AWS has the name of its environment in front; a domain has its name everywhere. */
  private sharedDomains(environments = this.environments): ConfigIssue[] {
    const owners = new Map<string, string>();
    return environments.flatMap(({ name, input }, index) => {
      const own = [...domainsOf(input), ...regionalDomainsOf(input)];
      const issues = new Map<string, ConfigIssue>();
      for (const { path, domain } of own) {
        const owner = owners.get(domain);
        const at = showPath(["environments", index, ...path]);
        if (owner === undefined || issues.has(at)) continue;
        const message = `is a domain of the environment "${owner}" as well, so that one would take the other's traffic; give each its own`;
        issues.set(at, { path: at, message, received: JSON.stringify(domain) });
      }
      for (const { domain } of own) if (!owners.has(domain)) owners.set(domain, name);
      return [...issues.values()];
    });
  }
}

/** Not by its class: a project may have two copies of this package. */
const isPreviews = (value: unknown): value is Previews =>
  typeof value === "object" && value !== null && typeof (value as Partial<Previews>).has === "function";

/** Whether a value is what `defineProject` returns. Not by its class: a project may have two copies of this package. */
export const isProject = (value: unknown): value is Project =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Partial<Project>).load === "function" &&
  "environments" in value;

/** Declares a project. Nothing is checked until an environment is asked for. */
export const defineProject = (config: ProjectConfig): Project => new Project(config);
