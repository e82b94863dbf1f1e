import { join } from "node:path";
import { exportedInterfaces, undocumentedIn } from "./declarations";

const dist = join(__dirname, "..", "..", "..", "dist");

/** What users write as literals, or are given in what they write, besides the inputs of schemas and what constructs take. */
const written: Readonly<Record<string, readonly string[]>> = {
  index: [
    "AcceptedRemoval",
    "BuildContext",
    "Builds",
    "BuiltEnvironment",
    "Capability",
    "CapabilityFields",
    "Charge",
    "EnvironmentContext",
    "Extension",
    "Finding",
    "Gate",
    "GateContext",
    "NeededEndpoint",
    "NetworkCall",
    "OwnStackProps",
    "PartContext",
    "PricedResource",
    "PricingContext",
    "ProjectConfig",
    "ProjectTerms",
    "ResolveOptions",
    "Rollout",
    "Rule",
    "Violation",
  ],
  "testing/index": ["CloudOptions", "StackPlan", "Variant"],
};

describe.each(Object.entries(written))("What %s exports for users to write", (entry, names) => {
  const interfaces = exportedInterfaces(join(dist, `${entry}.d.ts`));
  const props = [...interfaces.keys()].filter((name) => name.endsWith("Props"));

  test.each([...new Set([...names, ...props])])("has a comment on each property of %s", (name) => {
    const found = interfaces.get(name);
    expect(found).toBeDefined();
    expect(undocumentedIn(name, found?.body.body ?? [])).toEqual([]);
  });
});
