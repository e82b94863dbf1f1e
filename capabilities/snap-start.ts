import { defineCapability, type Rule } from "../contract";
import { hasSnapStart } from "../values/availability";

const snapshotsWhereTheyAre: Rule = {
  id: "snapshots-where-lambda-has-them",
  statement: "A function starts from snapshots only in regions where Lambda has SnapStart.",
  knowsRegions: true,
  check({ services, regions }, report) {
    const without = [regions.home, ...regions.standby].filter((region) => !hasSnapStart(region));
    if (without.length === 0) return;
    services.forEach((service, index) => {
      if (!service.function.snapStart) return;
      report(
        ["services", index, "function", "snapStart"],
        `does not exist in ${without.join(", ")}; remove it, or choose other regions`,
      );
    });
  },
};

/** Starts environments of functions from snapshots, as `function.snapStart` says. */
export const snapStart = defineCapability({
  name: "snapStart",
  brings: "starts from snapshots, for functions of Python, Java and .NET that ask for them",
  rules: [snapshotsWhereTheyAre],
  builds: { function: (fn) => fn.addSnapStart() },
});
