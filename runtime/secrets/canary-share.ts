import type { SSMClient } from "@aws-sdk/client-ssm";
import { onDemand } from "../aws/on-demand.js";

/** How much of the traffic uses the new version, and since when. */
export interface CanaryState {
  /** 0 to 100. */
  readonly percent: number;
  /** When the share was last set; milliseconds since 1970. */
  readonly since: number;
}

/** The parameter does not hold a share. */
export class CanaryShareError extends Error {
  override readonly name = "CanaryShareError";
}

/** The parameter with the share of a canary in one region, for the functions that move it; those that follow it read it as a setting. */
export class CanaryShare {
  private readonly parameter;

  /** @param client a client, or the region of one that is then loaded and made with the first read */
  constructor(
    client: SSMClient | { readonly region: string },
    private readonly parameterName: string,
  ) {
    this.parameter = onDemand(async () => (await import("./share-parameter.js")).shareParameter(client, parameterName));
  }

  /** @throws CanaryShareError when the parameter is not a whole number from 0 to 100 */
  async read(): Promise<CanaryState> {
    const parameter = await (await this.parameter()).read();
    const text = parameter?.Value ?? "";
    const percent = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
    if (percent <= 100) return { percent, since: parameter?.LastModifiedDate?.getTime() ?? 0 };
    throw new CanaryShareError(`${this.parameterName} must be a whole number from 0 to 100; set it to one.`);
  }

  /** Sets the share, in percent, and so the time of the last change. */
  async write(percent: number): Promise<void> {
    await (await this.parameter()).write(String(percent));
  }
}
