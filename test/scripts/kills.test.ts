import { join } from "node:path";
import { inWords, type Moment, momentsOf, rolloutsOf } from "../../scripts/kills/moment";
import { KeptResults, page } from "../../scripts/kills/results";
import { temporaryFolder } from "../support/temporary-folder";

const moment: Moment = {
  number: 1,
  environment: "sandbox",
  operation: "deploy",
  program: "cdktf",
  victim: "program",
  signal: "SIGKILL",
  after: 33,
};
const result = (number: number, faults: readonly string[] = []) => ({
  moment: { ...moment, number },
  faults,
  ended: "program was hit, exit code 137",
  afterwards: ["deploy sandbox"],
});

describe("The moments of kills", () => {
  test("only depend on the seed, and a short list begins a longer one", () => {
    expect(momentsOf("1", 50).slice(0, 4)).toEqual(momentsOf("1", 4));
    expect(momentsOf("2", 50)).not.toEqual(momentsOf("1", 50));
  });

  test("hit every kind of process in every operation, and destroy only what is not protected", () => {
    const all = momentsOf("1", 50);
    expect(new Set(all.map(({ operation, victim }) => `${operation} ${victim}`)).size).toBe(9);
    expect(new Set(all.map(({ program, signal }) => `${program} ${signal}`)).size).toBe(6);
    expect(all.filter(({ operation, environment }) => operation === "destroy" && environment === "dev")).toEqual([]);
  });

  test("of rollouts deploy and promote by the verb, and only depend on the seed", () => {
    const all = rolloutsOf("1", 50);
    expect(all).toHaveLength(50);
    expect(new Set(all.map(({ operation, program }) => `${operation} ${program}`))).toEqual(
      new Set(["deploy evenkeel", "promote evenkeel"]),
    );
    expect(rolloutsOf("1", 4)).toEqual(all.slice(0, 4));
  });

  test("are told in words", () => {
    expect(inWords(moment)).toBe("SIGKILL to cdktf in a deploy of sandbox by cdktf, after 33 resources");
  });
});

describe("The results of kills", () => {
  test("are kept, and continued by number", () => {
    const file = join(temporaryFolder(), "kills.jsonl");
    const first = new KeptResults(file, false);
    first.add(result(2));
    first.add(result(1));
    const resumed = new KeptResults(file, true);
    expect(resumed.all()).toEqual([result(1), result(2)]);
    expect(resumed.of({ ...moment, number: 3 })).toBeUndefined();
    expect(new KeptResults(file, false).all()).toEqual([]);
  });

  test("are a page that says how many were run, and what was wrong", () => {
    expect(page([result(1)], "1", 50, "kills")).toContain(
      "Of 50 moments 1 were run. All of them were as they have to be.",
    );
    const wrong = page([result(1), result(2, ["2 processes were left running\nmore"])], "1", 50, "kills");
    expect(wrong).toContain("Of 50 moments 2 were run. 1 were not.");
    expect(wrong).toContain("| deploy sandbox | 2 processes were left running |");
  });
});
