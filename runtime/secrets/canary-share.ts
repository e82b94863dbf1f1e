import { GetParameterCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";

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
  constructor(
    private readonly client: SSMClient,
    private readonly parameterName: string,
  ) {}

  /** @throws CanaryShareError when the parameter is not a whole number from 0 to 100 */
  async read(): Promise<CanaryState> {
    const { Parameter } = await this.client.send(new GetParameterCommand({ Name: this.parameterName }));
    const text = Parameter?.Value ?? "";
    const percent = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
    if (percent <= 100) return { percent, since: Parameter?.LastModifiedDate?.getTime() ?? 0 };
    throw new CanaryShareError(`${this.parameterName} must be a whole number from 0 to 100; set it to one.`);
  }

  /** Sets the share, in percent, and so the time of the last change. */
  async write(percent: number): Promise<void> {
    await this.client.send(
      new PutParameterCommand({ Name: this.parameterName, Value: String(percent), Overwrite: true }),
    );
  }
}
