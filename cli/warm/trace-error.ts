import { UserError } from "../../errors";

/** A file of traffic that no backtest can be made of. */
export class TraceError extends UserError {
  override readonly name = "TraceError";
}
