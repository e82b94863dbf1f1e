import type { Gate } from "../../contract/gate";
import { changesAnything } from "../introduced";

/** No init brings a provider of another major version unasked. */
export const noUnpinnedProvider: Gate = {
  id: "no-unpinned-provider",
  statement: "The versions of providers are pinned: by the configuration, or by a lock file beside the plan.",
  why: "The next terraform init takes the newest version: what it plans is not what was reviewed, and another major version may replace resources.",
  howToFix:
    "set version in required_providers with an end, as 5.100.0 or ~> 5.100, and keep .terraform.lock.hcl in the repository; if it may stay so, name the address under acknowledgedFindings of the environment",
  check: (plan, { lockedProviders = [] }) => {
    // What changes nothing is as it was reviewed.
    if (!changesAnything(plan)) return [];
    const open = new Map<string, string>();
    for (const { full_name: name, version_constraint: versions } of Object.values(
      plan.configuration?.provider_config ?? {},
    )) {
      // One that belongs to Terraform itself has its version.
      if (name === undefined || name.startsWith("terraform.io/builtin/")) continue;
      if (lockedProviders.includes(name) || open.get(name) === "") continue;
      if (versions !== undefined && hasEnd(versions)) open.set(name, "");
      else open.set(name, versions ?? "any version");
    }
    return [...open].flatMap(([name, versions]) => {
      if (versions === "") return [];
      const address = `provider["${name}"]`;
      return [{ address, message: `would be taken in ${versions}, and no lock file pins it`, acknowledgedAs: address }];
    });
  },
};

/** Whether a constraint has a highest version: `5.100.0`, `~> 5.0`, `>= 5.0, < 6.0`. */
const hasEnd = (constraint: string): boolean =>
  constraint.split(",").some((part) => /^\s*(=|~>|<=?)?\s*v?\d/.test(part));
