import { type BuiltEnvironment, PlainSettings } from "evenkeel";

/** A stack of the team's own in every environment, with a module of the toolkit in it. */
export function addOwnStacks(environment: BuiltEnvironment): void {
  const { environment: name, homeRegion, account } = environment.deployment;
  new PlainSettings(environment.stack("reports"), "settings", {
    config: { settings: { "page-size": { value: "20", description: "Rows on a page of a report" } } },
    path: `/${name}/reports`,
    account,
    regions: [homeRegion],
  });
}
