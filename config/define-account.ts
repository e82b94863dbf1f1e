import type { z } from "zod";
import {
  type AccountConfig,
  type AccountInput,
  type AcknowledgedFinding,
  type AcknowledgedRemoval,
  accountConfig,
  activeState,
  type Leaving,
  type StateLocation,
} from "../contract";
import { parseConfig } from "../modules/core";
import type { EnvironmentDefinition } from "./define-environment";
import { type Toolkit, toolkitWith, withoutExtension } from "./toolkit";

/** An account as data, which resolves to what its stack builds. */
export class AccountDefinition {
  /** Tells it from an environment. Not by its class: a project may have two copies of this package. */
  readonly isAccount = true;
  /** Nothing of an account is given up by name: a region that goes is left out of `regions`. */
  readonly leaving: Leaving = { regions: [], stacks: [] };
  /** An account holds no data. */
  readonly acknowledgedRemovals: readonly AcknowledgedRemoval[] = [];
  /** Nothing of an account is anything that a gate finds. */
  readonly acknowledgedFindings: readonly AcknowledgedFinding[] = [];

  constructor(
    /** As its file states it. */
    readonly input: AccountInput,
  ) {}

  get name(): string {
    return this.input?.name;
  }

  /** The gates that its plans are checked with. */
  get toolkit(): Toolkit {
    return toolkitWith(withoutExtension);
  }

  /**
   * Checks the whole definition.
   * @param localStateDirectory folder of local state files, relative to the project folder
   * @throws ConfigError with every mistake: where, what was received, what to do
   */
  resolve(localStateDirectory = ".evenkeel/state"): { readonly config: AccountConfig; readonly state: StateLocation } {
    const subject = `account "${typeof this.name === "string" ? this.name : "(unnamed)"}"`;
    const config = parseConfig(accountConfig as z.ZodType<AccountConfig>, this.input, subject);
    const { state } = config;
    return {
      config,
      state: state.backend === "local" ? { backend: "local", directory: localStateDirectory } : activeState(state),
    };
  }
}

/** Declares what an AWS account has once. It is listed under `accounts` of the project, and deployed by its name, once for each account. */
export const defineAccount = (input: AccountInput): AccountDefinition => new AccountDefinition(input);

/** What `deploy` and `destroy` work on. */
export type Deployable = EnvironmentDefinition | AccountDefinition;

/** Whether it is an account and no environment. */
export const isAccount = (deployable: Deployable): deployable is AccountDefinition =>
  (deployable as Partial<AccountDefinition>).isAccount === true;
