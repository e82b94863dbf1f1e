import { description } from "../../cli/commands/describe";
import { recoveryOf } from "../../cli/commands/recovery";
import { describeDocument } from "../../cli/documents/describe";
import { recoveryDocument } from "../../cli/documents/recovery";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { pipe } from "../../output";

const input = prod.input as EnvironmentInput;
const active = "eu-central-1";

describe("Verbs name the region that serves first", () => {
  test("in describe, unless it is home", () => {
    const textOf = (regions: EnvironmentInput["regions"]) =>
      describeDocument.text(description(defineEnvironment({ ...input, regions })), pipe);
    expect(textOf({ ...input.regions, active })).toContain(`standby ${active}, ${active} serves first`);
    expect(textOf(input.regions)).not.toContain("serves first");
  });

  test("in recovery, as the region that is lost; with a database, home is one too", () => {
    const atHome = recoveryOf("prod");
    const moved = { ...atHome, activeRegion: active };
    expect(recoveryDocument.text(atHome, pipe)).toContain(
      "Recovery of prod in eu-central-1, after the loss of eu-west-1",
    );
    const text = recoveryDocument.text(moved, pipe);
    expect(text).toContain("Recovery of prod in eu-west-1, after the loss of eu-central-1");
    expect(text).toContain("A database writes in eu-west-1 until somebody switches it over");
    const services = moved.services.map((service) => ({
      ...service,
      paths: service.paths.filter(({ path }) => path !== "database"),
    }));
    expect(recoveryDocument.text({ ...moved, services }, pipe)).not.toContain("A database writes");
  });
});
