import { mkdirSync, writeFileSync } from "node:fs";
import { UserError } from "../../errors";
import {
  lockedProviders,
  lockFileOf,
  lockFolder,
  lockProviders,
  type MadeLock,
  readSynthesizedStacks,
  requiredProviders,
} from "../../terraform";
import { enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { locksDocument } from "../documents/locks";
import { interruptible } from "../interruptible";
import project from "../project";
import { step } from "../step";

export interface LocksOptions {
  /** `linux_amd64`; those that people and pipelines mostly have if left out. */
  readonly platforms?: readonly string[];
  /** Where providers come from in place of their registries: a folder, or an https address. */
  readonly mirror?: string;
}

const usualPlatforms = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"];

/**
 * Writes the lock file of each stack of an environment, which every run of Terraform then keeps to. Stacks that require the same
 * providers get the same content.
 * @returns exit code 0 also where only this platform could be locked, which the document says
 * @throws TerraformError if a provider is not there, or not for a platform that was asked for
 */
export async function locks(name: string, { platforms, mirror }: LocksOptions): Promise<Outcome> {
  const environment = project.findDeployable(name);
  if (process.env.EVENKEEL_SIMULATED) {
    throw new UserError("locks asks registries for providers; run it outside of the simulated cloud");
  }
  return interruptible(async (signal) => {
    const workplace = await enterWorkplace(environment, "locks");
    try {
      const made = new Map<string, MadeLock>();
      const files = await step("Locking providers", async (say) => {
        const contents: [file: string, content: string][] = [];
        for (const stack of readSynthesizedStacks(workplace.output)) {
          say(stack.name);
          const required = requiredProviders(stack);
          const key = JSON.stringify(required.assets === undefined ? required : [stack.name, required]);
          const asked = platforms ?? usualPlatforms;
          const options = { required, mirror, scratch: `${workplace.output}.locks`, env: {}, signal };
          const lock = made.get(key) ?? (await locked(options, asked, platforms === undefined));
          made.set(key, lock);
          contents.push([lockFileOf(stack.name), lock.content]);
        }
        // Written only now, so that all of them are of the same run.
        mkdirSync(lockFolder, { recursive: true });
        for (const [file, content] of contents) writeFileSync(file, content);
        return contents.map(([file]) => file);
      });
      const all = [...made.values()];
      const reason = all.find((lock) => lock.reason !== undefined)?.reason ?? null;
      return locksDocument.outcome({
        environment: name,
        files,
        platforms: (all[0]?.platforms ?? []).filter((one) => all.every((lock) => lock.platforms.includes(one))),
        complete: reason === null,
        reason,
        providers: distinct(all.flatMap(({ content }) => lockedProviders(content))),
      });
    } finally {
      workplace.leave();
    }
  });
}

/** Who names platforms wants them all; who does not gets what can be had. */
async function locked(
  options: Omit<Parameters<typeof lockProviders>[0], "platforms">,
  platforms: readonly string[],
  mayBeFewer: boolean,
): Promise<MadeLock> {
  const lock = await lockProviders({ ...options, platforms });
  if (lock.reason === undefined || mayBeFewer) return lock;
  throw new UserError(
    `The providers could not be locked for ${platforms.join(", ")}, as their registry cannot be reached:\n${lock.reason}\nNothing was written. Use --mirror, or leave --platforms out to lock them for this machine alone.`,
  );
}

const distinct = (providers: readonly { source: string; version: string }[]) => [
  ...new Map(providers.map((one) => [`${one.source} ${one.version}`, one])).values(),
];
