import { App } from "cdktf";
import { deadLetterPlaces, destinationText, keptElsewhere } from "../../../cli/redrive/places";
import { archivesOf } from "../../../cli/replay/archives";
import { defineEnvironment, type EnvironmentInput } from "../../../config";
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
          // Of alerts that a tool was not told in a day.
          body.name !== "prod-alerts-dead-letters" &&
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

describe("What a service of prod failed on", () => {
  type OnFailure = NonNullable<EnvironmentInput["services"]>[number]["onFailure"];
  const account = prod.input.account;

  /** Places in the home region, and what is elsewhere, with a destination of the shipments. */
  function withDestination(onFailure: OnFailure) {
    const services = (prod.input.services ?? []).map((service) =>
      service.name === "shipments" ? { ...service, onFailure } : service,
    );
    const outdir = temporaryFolder();
    const app = new App({ outdir });
    const queues = [...(prod.input.queues ?? []), { name: "failures" }];
    buildStacks(app, defineEnvironment({ ...prod.input, services, queues }).resolve());
    app.synth();
    const resources = readResources(outdir);
    const atHome = <T extends { readonly of: string; readonly region: string }>(all: readonly T[]) =>
      all.filter(({ of, region }) => of === "prod-shipments" && region === "eu-west-1");
    return { places: atHome(deadLetterPlaces(resources)), elsewhere: atHome(keptElsewhere(resources)) };
  }

  test.each<[string, OnFailure, string]>([
    ["of the environment", { queue: "failures" }, "prod-failures-messages"],
    ["of a team", { arn: "arn:aws:sqs:{region}:{account}:mender" }, "mender"],
  ])("is taken back from a queue %s", (_whose, onFailure, queue) => {
    const { places, elsewhere } = withDestination(onFailure);
    expect(places.map((place) => [place.queue, place.origin, destinationText(place.destination)])).toEqual([
      [queue, "function", "function prod-shipments:live"],
    ]);
    expect(elsewhere).toEqual([]);
  });

  test.each<[string, OnFailure, string]>([
    ["a bus", { bus: "orders" }, "the event bus prod-orders"],
    ["another service", { function: "picking" }, "the function prod-picking"],
    ["a topic", { arn: "arn:aws:sns:{region}:{account}:mender" }, `the topic arn:aws:sns:eu-west-1:${account}:mender`],
    ["a bucket", { arn: "arn:aws:s3:::mender-{region}" }, "the bucket arn:aws:s3:::mender-eu-west-1"],
    [
      "a queue that a service takes",
      { queue: "orders-to-pick" },
      "the queue prod-orders-to-pick-messages, whose messages prod-picking takes",
    ],
  ])("is said to be in %s, from which nothing is taken back", (_kind, onFailure, where) => {
    expect(withDestination(onFailure)).toMatchObject({ places: [], elsewhere: [{ of: "prod-shipments", where }] });
  });
});
