import { App } from "cdktf";
import { deadLetterPlaces, destinationText } from "../../../cli/redrive/places";
import { archivesOf } from "../../../cli/replay/archives";
import prod from "../../../environments/prod";
import { buildStacks } from "../../../stacks";
import { readResources } from "../../../topology";
import { temporaryFolder } from "../../support/temporary-folder";

describe("The dead letters and archives of prod", () => {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  buildStacks(app, prod.resolve());
  app.synth();
  const resources = readResources(outdir);
  const places = deadLetterPlaces(resources);

  test("are found in every queue that modules make for them, with their way back", () => {
    const made = resources
      .filter(
        ({ type, body }) =>
          type === "aws_sqs_queue" &&
          /dead-letters$|failed-(events|changes)$|messages-failed$|missed-calls$/.test(String(body.name)),
      )
      .map(({ region, body }) => `${region}/${body.name}`);
    expect(places.map(({ region, queue }) => `${region}/${queue}`).sort()).toEqual(made.sort());
    const without = places.filter(({ destination }) => destination === undefined);
    // They say where in a stream the changes are, and not what they hold.
    expect(without.map(({ queue, origin }) => [queue, origin])).toEqual(
      ["eu-west-1", "eu-central-1"].map(() => ["prod-picking-failed-changes", "stream"]),
    );
    const calls = places.find(({ origin }) => origin === "schedule");
    expect([calls?.queue, destinationText(calls?.destination)]).toEqual([
      "prod-picking-missed-calls",
      "function prod-picking:live",
    ]);
    const rule = places.find(({ queue, region }) => /order-placed/.test(queue) && region === "eu-central-1");
    expect([rule?.origin, destinationText(rule?.destination)]).toEqual(["rule", "function prod-shipments:live"]);
  });

  test("have consumers, of which those with a table of handled events are idempotent", () => {
    const consumers = new Map(places.flatMap((place) => place.consumers.map((each) => [each.name, each.idempotent])));
    expect(consumers.get("prod-shipments")).toBe(true);
    expect(consumers.get("prod-ledger")).toBe(false);
    expect(places.filter(({ consumers: of }) => of.length === 0)).toEqual([]);
  });

  test("are replayed in both regions, without heartbeats", () => {
    const found = archivesOf(resources).map(({ region, rules }) => [region, rules.map(({ name }) => name)]);
    expect(Object.fromEntries(found)).toEqual({
      "eu-west-1": ["orders-to-pick-placed", "shipments-order-placed"],
      "eu-central-1": ["orders-to-pick-placed", "shipments-order-placed"],
    });
  });
});
