import { UserError } from "../errors";

/** What stopped the simulated cloud: one sentence that says what is wrong, what was found and what to do. */
export class SimulatorError extends UserError {
  override readonly name = "SimulatorError";
}

/** The message of anything thrown, for use inside a longer sentence. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
