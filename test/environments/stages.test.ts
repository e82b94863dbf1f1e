import { capabilities, capabilitiesOf, capabilityNames, stageBrings, stages } from "../../environments/stages";

describe("The stage table", () => {
  test("only ever adds: each stage keeps what the one before brought", () => {
    stages.slice(1).forEach((stage, index) => {
      const before = stages[index] ?? stage;
      for (const name of capabilitiesOf(before))
        expect([stage, name, stageBrings(stage, name)]).toEqual([stage, name, true]);
      expect(capabilitiesOf(stage).size).toBeGreaterThan(capabilitiesOf(before).size);
    });
  });

  test("brings nothing before what it needs", () => {
    for (const name of capabilityNames) {
      for (const needed of capabilities[name].needs ?? []) {
        const since = capabilities[needed as typeof name].since;
        expect(stages.indexOf(since)).toBeLessThanOrEqual(stages.indexOf(capabilities[name].since));
      }
    }
  });

  test("keeps data in one region until optimization, and in every region from there", () => {
    const regional = ["replicatedKeys", "replicatedTables", "standbyServices"] as const;
    for (const name of regional) expect(stages.map((stage) => stageBrings(stage, name))).toEqual([false, false, true]);
  });

  test("rotates keys from foundation on, and keeps evidence of it from hardening on", () => {
    expect(stages.map((stage) => stageBrings(stage, "keyRotationEvidence"))).toEqual([false, true, true]);
  });

  test("rotates the passwords of database users only where there is a pool", () => {
    expect(stages.filter((stage) => stageBrings(stage, "secretRotation"))).toEqual(["optimization"]);
    expect(capabilities.secretRotation.needs).toEqual(["databaseProxy"]);
  });

  test("lets an exception bring a capability early or leave it out late", () => {
    const reason = "said for the sake of the test";
    expect(capabilitiesOf("foundation", { deadLetters: { enabled: true, reason } })).toContain("deadLetters");
    expect(capabilitiesOf("hardening", { deadLetters: { enabled: false, reason } })).not.toContain("deadLetters");
  });
});
