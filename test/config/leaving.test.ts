import { defineEnvironment, defineProject, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { type Loose, mistakesOf } from "../support/mistakes";

const home = "eu-west-1";
const frankfurt = "eu-central-1";
const london = "eu-west-2";

const factsOf = (regions: EnvironmentInput["regions"]) =>
  defineEnvironment({
    ...(prod.input as EnvironmentInput),
    regions,
    backups: { ...prod.input.backups, copyTo: regions.standby?.[0] },
  }).resolve();

describe("A region that leaves", () => {
  test("still stands while it is a standby region, after those that stay, without protection", () => {
    expect(factsOf({ home, standby: [frankfurt, london], leaving: [frankfurt] })).toMatchObject({
      leaving: { regions: [], stacks: [] },
      unprotectedRegions: [frankfurt],
      keyReplicas: [london, frankfurt],
      serviceRegions: [home, london, frankfurt],
      eventRegions: [home, london, frankfurt],
    });
  });

  test("keeps its buses only if it had them", () => {
    const eventRegions = (regions: EnvironmentInput["regions"]) => factsOf(regions).eventRegions;
    expect(eventRegions({ home, standby: [frankfurt, london], leaving: [london] })).toEqual([home, frankfurt]);
    expect(eventRegions({ home, standby: [frankfurt], leaving: [frankfurt] })).toEqual([home, frankfurt]);
    const paris = eventRegions({ home, standby: [frankfurt, london, "eu-west-3"], leaving: [frankfurt, london] });
    expect(paris).toEqual([home, "eu-west-3", frankfurt]);
  });

  test("has nothing any more once it is no standby region", () => {
    expect(factsOf({ home, standby: [london], leaving: [frankfurt] })).toMatchObject({
      leaving: { regions: [frankfurt], stacks: ["prod-services-eu-central-1"] },
      unprotectedRegions: [],
      serviceRegions: [home, london],
    });
  });

  test.each<[string, readonly string[], string]>([
    ["the home region", [home], "regions.leaving[0]: is the home region"],
    ["a region that is named twice", [london, london], "regions.leaving[1]: is listed twice"],
    ["one of another partition", ["cn-north-1"], "regions.leaving[0]: is in another AWS partition than home"],
    [
      "a standby region that its stage has no use for",
      [frankfurt],
      "regions.standby[0]: leaves, and has no use at stage hardening; take it out of regions.standby",
    ],
  ])("is not %s", (_what, leaving, message) => {
    const change = ({ regions }: Loose) => Object.assign(regions, { leaving });
    expect(mistakesOf(change)).toEqual([expect.stringContaining(message)]);
  });
});

describe("A stack that leaves", () => {
  test.each([
    ["keys", "is a stack that every environment has"],
    ["data", "is a stack that every environment has"],
    ["operations", "is a stack that every environment has"],
    ["vault", "keeps keys that Vault refuses to delete"],
    ["services-eu-central-1", "goes with its region"],
    ["events", "is still built, for eventBuses"],
    ["routing", "is still built, for api.domainName of services"],
    ["database", "is still built, for databases"],
    ["edge", "is still built, for edge of services"],
  ])("is not %s, of prod", (name, message) => {
    const change = (environment: Loose) => Object.assign(environment, { leavingStacks: [name] });
    expect(mistakesOf(change, prod)).toEqual([expect.stringContaining(`leavingStacks[0]: ${message}`)]);
  });

  test("may be one that the environment has no use for, or a team's own, once", () => {
    const leave = (...leavingStacks: string[]) =>
      mistakesOf((environment) => Object.assign(environment, { leavingStacks }));
    expect(leave("edge", "reports")).toEqual([]);
    expect(leave("edge", "edge")).toEqual([expect.stringContaining("leavingStacks[1]: is listed twice")]);
  });
});

describe("What leaves the environments of a project", () => {
  test("is read although something else of the file is wrong, for the stacks that are checked", () => {
    const broken = defineEnvironment({
      name: "prod",
      stage: "hardning",
      regions: { home, standby: [london], leaving: [frankfurt, london] },
      leavingStacks: ["events"],
    } as unknown as EnvironmentInput);
    const project = defineProject({ environments: [broken] });
    expect(project.leavingIn(["prod-keys"])).toEqual({
      regions: [frankfurt],
      stacks: ["prod-services-eu-central-1", "prod-events"],
    });
    expect(project.leavingIn(["staging-keys"])).toEqual({ regions: [], stacks: [] });
    expect(defineEnvironment(undefined as unknown as EnvironmentInput).leaving).toEqual({ regions: [], stacks: [] });
  });
});
