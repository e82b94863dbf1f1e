import type { CanaryShare, CanaryState } from "../../runtime/secrets/canary-share.js";
import { describeSafely, RotationError } from "./rotation-error.js";

/** The canary of a secret: shares of the traffic that use AWSCURRENT, one in each region. */
export class RotationCanary {
  constructor(
    /** By region. */
    private readonly shares: ReadonlyMap<string, CanaryShare>,
    /** The share right after a rotation, in percent. */
    private readonly stepPercent: number,
  ) {}

  /** @throws RotationError while traffic of any region uses the version that a rotation would make invalid */
  async requireOver(step: string): Promise<void> {
    const under = (await this.states(step)).filter(({ percent }) => percent < 100);
    if (under.length === 0) return;
    throw new RotationError(
      step,
      `traffic still uses the version before (share of the new one: ${show(under)})`,
      "wait until the canary is over; if it was rolled back, find out why and set its share to 100, then rotate again",
    );
  }

  /**
   * Sets every region to the first step, before the labels move: so nothing ever uses a new version that no canary has tried.
   * @throws RotationError when a region was rolled back meanwhile
   */
  async begin(step: string): Promise<void> {
    const rolledBack = (await this.states(step)).filter(({ percent }) => percent === 0);
    if (rolledBack.length > 0) {
      throw new RotationError(
        step,
        `the version in use was rolled back during the rotation (share: ${show(rolledBack)})`,
        "find out why and set the share to 100; Secrets Manager tries again",
      );
    }
    await this.each(step, (share) => share.write(this.stepPercent));
  }

  private states(step: string): Promise<({ readonly region: string } & CanaryState)[]> {
    return this.each(step, async (share, region) => ({ region, ...(await share.read()) }));
  }

  private each<R>(step: string, act: (share: CanaryShare, region: string) => Promise<R>): Promise<R[]> {
    return Promise.all(
      [...this.shares].map(([region, share]) =>
        act(share, region).catch((error) => {
          throw new RotationError(
            step,
            `the canary's share in ${region} could not be used (${describeSafely(error)})`,
            "check that the parameter is there, and the function's permissions and network; Secrets Manager tries again",
          );
        }),
      ),
    );
  }
}

const show = (states: readonly { readonly region: string; readonly percent: number }[]): string =>
  states.map(({ region, percent }) => `${region} ${percent} %`).join(", ");
