import { AwsRefusedError } from "../aws/errors";
import { environmentResources } from "../aws/resources";
import { experimentsOf } from "../chaos/experiments";
import type { LastRun } from "../chaos/last-runs";
import type { Outcome } from "../document";
import { chaosDocument } from "../documents/chaos";
import project from "../project";
import { step } from "../step";

export interface ChaosVerbOptions {
  /** Does not ask AWS when experiments last ran. */
  readonly offline?: boolean;
}

/** The experiments of an environment, what each touches, and when each last ran. Nothing is started. */
export async function chaos(name: string, { offline }: ChaosVerbOptions): Promise<Outcome> {
  const { account } = project.find(name).input;
  const { resources, leave } = await environmentResources("chaos", name);
  try {
    const experiments = experimentsOf(resources, account);
    const { runs, unknown } = await asked(experiments, account, offline);
    return chaosDocument.outcome({
      environment: name,
      experiments: experiments.map((each) => ({
        ...each,
        touches: each.touches.map((touched) => ({ ...touched })),
        stopAlarms: [...each.stopAlarms],
        gameDays: each.gameDays.map((day) => ({ ...day })),
        lastRun: runs.get(`${each.region} ${each.name}`) ?? null,
      })),
      runsUnknown: unknown,
    });
  } finally {
    leave();
  }
}

interface Asked {
  readonly runs: ReadonlyMap<string, LastRun>;
  /** Why nobody knows; null where AWS has answered. */
  readonly unknown: string | null;
}

/** A list of experiments is of use without an account as well, so that AWS cannot be asked is no failure. */
async function asked(
  experiments: readonly { readonly name: string; readonly region: string }[],
  account: string,
  offline: boolean | undefined,
): Promise<Asked> {
  if (experiments.length === 0) return { runs: new Map(), unknown: null };
  if (process.env.EVENKEEL_SIMULATED) {
    return { runs: new Map(), unknown: "The simulated cloud runs no experiments." };
  }
  if (offline) return { runs: new Map(), unknown: "AWS was not asked, because of --offline." };
  const { lastRuns } = await import("../chaos/last-runs.js");
  const runs = new Map<string, LastRun>();
  try {
    await step("Asking AWS when experiments last ran", async () => {
      for (const region of new Set(experiments.map((each) => each.region))) {
        const names = new Set(experiments.flatMap((each) => (each.region === region ? [each.name] : [])));
        for (const [name, run] of await lastRuns(region, names, account)) runs.set(`${region} ${name}`, run);
      }
    });
    return { runs, unknown: null };
  } catch (error) {
    if (error instanceof AwsRefusedError) return { runs, unknown: error.message };
    throw error;
  }
}
