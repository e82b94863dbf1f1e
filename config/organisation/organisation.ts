import type { z } from "zod";
import type { BuildOwnStacks, Extension, Gate, Rollout, Rule } from "../../contract";
import { stages } from "../../contract";
import { ConfigError, type ConfigIssue, parseConfig, showPath, showReceived, suggestion } from "../../modules/core";
import type { Toolkit } from "../toolkit";
import { toolkitWith } from "../toolkit";
import { type WithDefaults, withDefaults } from "./defaults";
import type { OrganisationInput } from "./input";
import { organisationRules, unknownCapability } from "./rules";
import { type Organisation, organisationConfig } from "./schema";

/** What a project sets for all of its environments. */
export interface ProjectTerms extends Extension {
  /** Defaults of all environments, and limits that none of them can pass. */
  readonly organisation?: OrganisationInput;
}

const subject = "evenkeel.config.ts: organisation";

/** The terms of a project, as its environments are checked and built with them. */
export class Terms {
  private readonly toolkits = new WeakMap<Extension, Toolkit>();
  private parsed?: Organisation;

  constructor(private readonly terms: ProjectTerms) {}

  /** Whether the project sets anything. */
  get any(): boolean {
    const { organisation, capabilities, rules, gates, stacks, pricings } = this.terms;
    return [organisation, capabilities, rules, gates, stacks, pricings].some((part) => part !== undefined);
  }

  /** The organisation with its defaults; one that sets nothing where there is none. @throws ConfigError with every mistake in it */
  get organisation(): Organisation {
    const { organisation = {} } = this.terms;
    this.parsed ??= parseConfig(organisationConfig as z.ZodType<Organisation>, organisation, subject);
    return this.parsed;
  }

  /** The toolkit with what the project adds, and then an environment of its own. */
  toolkit(own: Extension): Toolkit {
    const toolkit = this.toolkits.get(own) ?? toolkitWith(this.joined(own));
    this.toolkits.set(own, toolkit);
    return toolkit;
  }

  /** An input with the organisation's defaults. @throws ConfigError with every mistake in the organisation itself */
  withDefaults(toolkit: Toolkit, input: unknown): WithDefaults {
    if (this.terms.organisation === undefined) return { input, origins: new Map() };
    const { organisation } = this;
    const unknown = unknownCapability(organisation, toolkit.stages.names);
    if (unknown !== undefined) {
      const path = showPath(["limits", "requiredCapabilities", unknown]);
      const message = `is no capability; ${suggestion(unknown, toolkit.stages.names)}`;
      throw new ConfigError(subject, [{ path, message, received: showReceived(unknown, []) }]);
    }
    return withDefaults(toolkit.schema, input, organisation);
  }

  /** What both name is taken once. */
  private joined(own: Extension): Extension {
    const { organisation, capabilities = {}, rules = [], gates = [], stacks, pricings } = this.terms;
    const limits = organisation === undefined ? [] : organisationRules(() => this.organisation);
    return {
      capabilities: Object.fromEntries(
        stages.map((stage) => [
          stage,
          distinct([...(capabilities[stage] ?? []), ...(own.capabilities?.[stage] ?? [])]),
        ]),
      ) as Rollout,
      rules: distinct<Rule>([...limits, ...rules, ...(own.rules ?? [])]),
      gates: distinct<Gate>([...gates, ...(own.gates ?? [])]),
      stacks: bothOf(stacks, own.stacks),
      pricings: { ...pricings, ...own.pricings },
    };
  }
}

/** What both the project and the environment build; once, if it is the same. */
function bothOf(project?: BuildOwnStacks, own?: BuildOwnStacks): BuildOwnStacks | undefined {
  if (!project || !own || project === own) return project ?? own;
  return (environment) => {
    project(environment);
    own(environment);
  };
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** Mistakes of an environment, with those that a default of the organisation brought named as such. */
export function namingDefaults(issues: readonly ConfigIssue[], origins: WithDefaults["origins"]): ConfigIssue[] {
  return issues.map((issue) => {
    const origin = origins.get(issue.path);
    return origin === undefined ? issue : { ...issue, message: `${issue.message} (it comes from ${origin})` };
  });
}
