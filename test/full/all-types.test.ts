import { checkType, type Findings } from "../simulator/all-types/check-type";
import { notPlannable } from "../simulator/all-types/configurations";
import { strayRules } from "../simulator/all-types/rule-paths";
import { type RealProvider, readSchema, realProvider } from "../simulator/real-provider";

/** Calls in flight at once: two cores are busy with one provider and this process. */
const LANES = 4;

describe("the simulated cloud, for every resource type of the provider,", () => {
  let provider: RealProvider;
  let findings: Findings[];
  let stray: string[];

  beforeAll(async () => {
    provider = await realProvider();
    const process = await provider.start();
    const schema = await readSchema(process);
    const configuration = schema.configuration({ region: "eu-west-1" });
    await process.call("Configure", configuration.request);
    const left = [...schema.resourceTypes];
    stray = strayRules(schema);
    findings = [];
    const lane = async (): Promise<void> => {
      for (let typeName = left.pop(); typeName; typeName = left.pop()) {
        findings.push(await checkType(process, schema, configuration.scope, typeName));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await process.stop();
  }, 300_000);

  afterAll(() => provider?.stop());

  const about = (select: (finding: Findings) => string[]): Record<string, string[]> =>
    Object.fromEntries(
      findings.filter((finding) => select(finding).length).map((finding) => [finding.typeName, select(finding)]),
    );

  test("covers the whole schema", () => {
    const planned = findings.filter((finding) => finding.planned).length;
    process.stdout.write(
      `${findings.length} resource types filled, ${planned} of them from a plan of the provider's own\n`,
    );
    expect(findings.length).toBeGreaterThan(1500);
    expect(findings.filter(({ planned }) => !planned).map(({ typeName }) => typeName)).toEqual(
      Object.keys(notPlannable),
    );
  });

  test("has rules for nothing but what AWS decides in the schema", () => expect(stray).toEqual([]));

  test("plans a creation", () => expect(about(({ planErrors }) => planErrors)).toEqual({}));

  test("leaves no unknown, every value of the schema's type, and an id", () =>
    expect(about(({ violations }) => violations)).toEqual({}));

  test("makes a state that the provider reads back and plans with", () =>
    expect(about(({ refusals }) => refusals)).toEqual({}));

  test("makes a state that the next plan leaves alone", () => expect(about(({ changes }) => changes)).toEqual({}));

  test("lets no plan call AWS", () => expect(provider.stateStore.refused).toEqual([]));
});
