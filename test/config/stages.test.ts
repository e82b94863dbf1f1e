import { stages, stageTable } from "../../config";

describe("The stage table", () => {
  test("only ever adds: each stage keeps what the one before brought", () => {
    stages.slice(1).forEach((stage, index) => {
      const before = stages[index] ?? stage;
      const names = stageTable.enabled(before).capabilities.map(({ name }) => name);
      for (const name of names) expect([stage, name, stageTable.brings(stage, name)]).toEqual([stage, name, true]);
      expect(stageTable.enabled(stage).capabilities.length).toBeGreaterThan(names.length);
    });
  });

  test("brings nothing before what it needs", () => {
    for (const name of stageTable.names) {
      for (const needed of stageTable.get(name).needs ?? []) {
        expect(stages.indexOf(stageTable.since(needed))).toBeLessThanOrEqual(stages.indexOf(stageTable.since(name)));
      }
    }
  });

  test("keeps data in one region until optimization, and in every region from there", () => {
    const regional = ["replicatedKeys", "replicatedTables", "standbyServices"] as const;
    for (const name of regional)
      expect(stages.map((stage) => stageTable.brings(stage, name))).toEqual([false, false, true]);
  });

  test("rotates keys from foundation on, and keeps evidence of it from hardening on", () => {
    expect(stages.map((stage) => stageTable.brings(stage, "keyRotationEvidence"))).toEqual([false, true, true]);
  });

  test("rotates the passwords of database users only where there is a pool", () => {
    expect(stages.filter((stage) => stageTable.brings(stage, "secretRotation"))).toEqual(["optimization"]);
    expect(stageTable.get("secretRotation").needs).toEqual(["databaseProxy"]);
  });

  test("lets an exception bring a capability early or leave it out late", () => {
    const reason = "said for the sake of the test";
    expect(stageTable.enabled("foundation", { deadLetters: { enabled: true, reason } }).has("deadLetters")).toBe(true);
    expect(stageTable.enabled("hardening", { deadLetters: { enabled: false, reason } }).has("deadLetters")).toBe(false);
  });
});
