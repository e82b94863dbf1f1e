import type { z } from "zod";
import { rollout } from "../capabilities";
import type { BaseEnvironment, BuildOwnStacks, Extension, Gate, Pricings, Rule } from "../contract";
import { joinedSchema } from "./schema";
import { StageTable } from "./stages";

/** The toolkit's own capabilities, rules and gates, together with those of a team. */
export class Toolkit {
  readonly stages: StageTable;
  /** Gates of the team and of all capabilities, in addition to the toolkit's own for every plan. */
  readonly gates: readonly Gate[];
  /** Resource types that capabilities create and that hold data, with what they hold. */
  readonly dataHoldingTypes: Readonly<Record<string, string>>;
  /** Rules of all capabilities and of the team, in addition to those of the base. */
  readonly rules: readonly Rule[];
  /** What the team builds beside the stacks of the toolkit. */
  readonly ownStacks: readonly BuildOwnStacks[];
  /** Pricing functions of capabilities and of the team, which come before the toolkit's own. */
  readonly pricings: Pricings;
  private joined?: z.ZodType<BaseEnvironment>;

  constructor(extension: Extension) {
    this.stages = new StageTable(rollout, extension.capabilities ?? {});
    const { capabilities } = this.stages;
    this.rules = [...capabilities.flatMap(({ rules = [] }) => rules as readonly Rule[]), ...(extension.rules ?? [])];
    this.gates = [...capabilities.flatMap(({ gates = [] }) => gates), ...(extension.gates ?? [])];
    this.ownStacks = extension.stacks ? [extension.stacks] : [];
    this.pricings = Object.assign({}, ...capabilities.map(({ pricings }) => pricings), extension.pricings);
    this.dataHoldingTypes = Object.assign({}, ...capabilities.map((capability) => capability.dataHoldingTypes));
  }

  /** The schema of an environment; created on first use, because it takes long. */
  get schema(): z.ZodType<BaseEnvironment> {
    this.joined ??= joinedSchema(this.stages, this.rules);
    return this.joined;
  }
}

const known = new WeakMap<Extension, Toolkit>();

/** The toolkit with an extension; the same for all environments with the same extension. */
export function toolkitWith(extension: Extension): Toolkit {
  const toolkit = known.get(extension) ?? new Toolkit(extension);
  known.set(extension, toolkit);
  return toolkit;
}

/** The toolkit without an extension. */
export const withoutExtension: Extension = {};
