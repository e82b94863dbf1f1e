import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { ConfigError } from "../../modules/core";

const home = "eu-west-1";
const frankfurt = "eu-central-1";
const london = "eu-west-2";
const input = prod.input as EnvironmentInput;

const of = (regions: EnvironmentInput["regions"], more: Partial<EnvironmentInput> = {}) =>
  defineEnvironment({ ...input, regions, ...more });

/** The mistakes about `regions.active`. */
function mistakes(...args: Parameters<typeof of>): string[] {
  try {
    of(...args).resolve();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n").filter((line) => line.includes("regions.active"));
  }
}

describe("The region that serves first", () => {
  const standby = [frankfurt, london] as const;

  test("is home, unless the file names another one; the order of regions stays", () => {
    expect(of({ home, standby }).resolve().activeRegion).toBe(home);
    expect(of({ home, standby, active: home }).resolve().activeRegion).toBe(home);
    const { activeRegion, homeRegion, serviceRegions, eventRegions } = of({ home, standby, active: london }).resolve();
    expect({ activeRegion, homeRegion, serviceRegions, eventRegions }).toEqual({
      activeRegion: london,
      homeRegion: home,
      serviceRegions: [home, frankfurt, london],
      eventRegions: [home, frankfurt],
    });
  });

  test("is home in views of a stage without standby services", () => {
    expect(of({ home, standby, active: frankfurt }).resolve({ stage: "hardening" }).activeRegion).toBe(home);
  });

  const bare = {
    services: [],
    containers: [],
    containerNetwork: undefined,
    containerFlowLogs: undefined,
    eventBuses: [],
  } as Partial<EnvironmentInput>;
  const reason = "a test of what is refused";
  test.each<[string, EnvironmentInput["regions"], Partial<EnvironmentInput>, RegExp]>([
    ["a region that is none of them", { home, standby, active: "eu-north-1" }, {}, /is eu-north-1, where nothing/],
    ["one that leaves", { home, standby, leaving: [london], active: london }, {}, /is eu-west-2, which leaves; name/],
    [
      "one at a stage where services run at home alone",
      { home, standby, active: london },
      { stage: "hardening" },
      /at stage hardening services run in eu-west-1 alone/,
    ],
    [
      "one where names do not move",
      { home, standby, active: london },
      { exceptions: { dnsFailover: { enabled: false, reason } } },
      /without dnsFailover the domain names of services lead to eu-west-1 alone/,
    ],
    ["one where there is nothing to move", { home, standby, active: london }, bare, /would move nothing/],
  ])("is not %s", (_, regions, more, message) => {
    expect(mistakes(regions, more)).toEqual([expect.stringMatching(message)]);
  });

  test("may be one where events alone move, if their endpoint has it", () => {
    const events = { ...bare, eventBuses: input.eventBuses };
    expect(mistakes({ home, standby, active: frankfurt }, events)).toEqual([]);
    expect(mistakes({ home, standby, active: london }, events)).toHaveLength(1);
    expect(mistakes({ home, standby, leaving: [frankfurt], active: london }, events)).toEqual([]);
  });
});
