import { UserError } from "../../errors";

/** Nothing was checked: the scanner is missing, or it did not look at everything that it was given. */
export class ScannerError extends UserError {
  override readonly name = "ScannerError";
  override readonly exitCode = 2;
}
