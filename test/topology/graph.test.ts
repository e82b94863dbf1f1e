import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { topologySvg } from "../../topology";
import type { Topology, TopologyNode } from "../../topology/graph";
import { readGraph } from "../../topology/read-graph";
import { temporaryFolder } from "../support/temporary-folder";
import { outputFolder, type Resources, ref, resource, upstream } from "./output-folder";
import { wholeEnvironment } from "./whole-environment";

const home = "eu-west-1";
const standby = "eu-central-1";

const graphOf = (resources: Resources, regions = [home, standby]): Topology =>
  readGraph(outputFolder({ only: { resources, regions } }));

/** Lines as `from -> to: flow label`, by title and region. */
function lines({ nodes, edges }: Topology): string[] {
  const name = (id: string): string => {
    const node = nodes.find((each) => each.id === id);
    const region = typeof node?.place === "object" ? ` ${node.place.region}` : "";
    return `${node?.title}${region}`;
  };
  return edges.map(({ from, to, flow, label, arrow }) =>
    [`${name(from)} -> ${name(to)}: ${flow}`, label, arrow === "to" ? undefined : `(${arrow})`]
      .filter((part) => part !== undefined)
      .join(" "),
  );
}

const titled = ({ nodes }: Topology, title: string): TopologyNode[] => nodes.filter((node) => node.title === title);

describe("readGraph", () => {
  const whole = readGraph(outputFolder(wholeEnvironment([home, standby, "eu-north-1"])));

  test("follows requests through the stacks, from DNS name to database", () => {
    expect(lines(whole)).toEqual(
      expect.arrayContaining([
        `DNS name -> HTTP API ${home}: data primary`,
        `HTTP API ${home} -> Function ${home}: data`,
        `Function ${home} -> Table ${home}: data`,
        `Function ${standby} -> Table replica ${standby}: data`,
        `Function ${home} -> Connection pool ${home}: data`,
        `Connection pool ${home} -> Database cluster ${home}: data`,
        `Event bus ${home} -> Function ${home}: data`,
        "Distribution -> Function us-east-1: data",
      ]),
    );
  });

  test("draws where DNS name, distribution and event endpoint go when the home region fails", () => {
    expect(lines(whole).filter((line) => line.includes("failover"))).toEqual([
      `DNS name -> HTTP API ${standby}: failover secondary`,
      `Event endpoint -> Event bus ${standby}: failover secondary`,
      `Distribution -> HTTP API ${standby}: failover secondary`,
    ]);
  });

  test("leads publishers through the event endpoint, not past it to the buses that they are permitted on", () => {
    const bus = (region: string) => resource(region, `bus-${region}/bus`);
    const fn = (name: string) => resource(home, `${name}/fn`, { role: ref(`aws_iam_role.${name}.arn`) });
    const may = (name: string, ...buses: string[]) =>
      resource(home, `${name}/policy`, {
        role: ref(`aws_iam_role.${name}.id`),
        policy: JSON.stringify(buses.map((at) => ref(`aws_cloudwatch_event_bus.${at}.arn`))),
      });
    const through = resource(home, "through/fn", {
      role: ref("aws_iam_role.through.arn"),
      environment: { v: ref("aws_cloudwatch_event_endpoint.e.endpoint_url") },
    });
    const drawn = lines(
      graphOf({
        aws_cloudwatch_event_bus: { home: bus(home), standby: bus(standby) },
        aws_cloudwatch_event_endpoint: {
          e: resource(home, "e/endpoint", {
            event_bus: ["home", "standby"].map((at) => ({ event_bus_arn: ref(`aws_cloudwatch_event_bus.${at}.arn`) })),
          }),
        },
        aws_iam_role: { through: resource(home, "through/role"), direct: resource(home, "direct/role") },
        aws_iam_role_policy: { through: may("through", "home", "standby"), direct: may("direct", "home") },
        aws_lambda_function: { through, direct: fn("direct") },
      }),
    ).filter((line) => line.startsWith("Function"));
    expect(drawn).toEqual([`Function ${home} -> Event bus ${home}: data`]);
  });

  test("leads functions that share a layer and code signing to these, and not to one another", () => {
    const fn = (name: string) =>
      resource(home, `${name}/fn`, {
        layers: [ref("aws_lambda_layer_version.shared.arn")],
        code_signing_config_arn: ref("aws_lambda_code_signing_config.signing.arn"),
      });
    const drawn = lines(
      graphOf({
        aws_lambda_code_signing_config: { signing: resource(home, "signing/config") },
        aws_lambda_function: { one: fn("one"), other: fn("other") },
        aws_lambda_layer_version: { shared: resource(home, "shared/version") },
      }),
    );
    const both = (to: string) => Array.from({ length: 2 }, () => `Function ${home} -> ${to} ${home}: data`);
    expect(drawn.sort()).toEqual([...both("Code signing"), ...both("Layer")]);
  });

  test("gives the replicas of all regions one node between the regions", () => {
    expect(lines(whole).filter((line) => line.includes("replication"))).toEqual([
      `KMS key replica ${standby} -> Multi-Region key: replication (from)`,
      `KMS key ${home} -> Multi-Region key: replication (none)`,
      "KMS key replica eu-north-1 -> Multi-Region key: replication (from)",
      `Table replica ${standby} -> Global table: replication (from)`,
      `Table ${home} -> Global table: replication (from)`,
      "Table replica eu-north-1 -> Global table: replication (from)",
      `Database cluster ${home} -> Global database: replication (none)`,
      `Database cluster ${standby} -> Global database: replication (none)`,
      "Database cluster eu-north-1 -> Global database: replication (none)",
    ]);
  });

  test("tells failed events from requests, although the role may write to the queue as well", () => {
    const toQueue = lines(whole).filter((line) => line.includes("-> Queue"));
    expect(toQueue).toEqual([home, standby, "eu-north-1"].map((at) => `Function ${at} -> Queue ${at}: dead-letter`));
  });

  test("puts the leading region first, then the one that takes over", () => {
    expect(whole.regions.slice(0, 2)).toEqual([home, standby]);
    expect(whole.regions.slice(2).sort()).toEqual(["eu-north-1", "us-east-1"]);
  });

  test("folds parts into what they belong to, by reference, else by construct path within the region", () => {
    const [fn, queue] = [titled(whole, "Function")[0], titled(whole, "Queue")[0]];
    expect(fn).toMatchObject({ name: "big-orders", label: "orders", details: ["1 alarm"], resources: 6 });
    expect(queue).toMatchObject({ name: "big-orders-dead-letters", details: ["1 alarm"], resources: 2 });
    expect(titled(whole, "DNS name")).toMatchObject([{ details: ["1 health check"], resources: 3, place: "global" }]);
    expect(titled(whole, "Distribution")).toMatchObject([{ details: ["1 web ACL"] }]);
  });

  test("counts every resource once", () => {
    const stacks = Object.values(wholeEnvironment([home, standby, "eu-north-1"]));
    const all = stacks.flatMap(({ resources }) => Object.values(resources).flatMap((byName) => Object.keys(byName)));
    expect(whole.nodes.reduce((sum, node) => sum + node.resources, 0)).toBe(all.length);
  });

  test("marks what names a KMS key of another stack instead of drawing a line", () => {
    expect(whole.nodes.filter(({ encrypted }) => encrypted).map(({ title }) => title)).toEqual(["Table"]);
    expect(lines(whole).filter((line) => line.includes("-> KMS key"))).toEqual([]);
  });

  test("draws types that it does not know, with their lines", () => {
    const graph = graphOf({
      aws_kinesis_stream: { clicks: resource(home, "clicks/stream", { name: "clicks" }) },
      acme_gadget: { it: { size: ref("aws_kinesis_stream.clicks.arn") } },
    });
    expect(graph.nodes).toMatchObject([
      { title: "Kinesis stream", label: "clicks", family: "other", place: { region: home } },
      { title: "Acme gadget", label: "it", place: "global" },
    ]);
    expect(lines(graph)).toEqual([`Acme gadget -> Kinesis stream ${home}: data`]);
  });

  test("draws a part of nothing by itself rather than leaving it out", () => {
    const { nodes } = graphOf({ aws_cloudwatch_log_group: { lonely: resource(home, "lonely/log", { name: "x" }) } });
    expect(nodes).toMatchObject([{ title: "cloudwatch log group", resources: 1 }]);
  });

  test("reads references in conditions, in JSON texts and in both notations of outputs, never plain texts", () => {
    const folder = outputFolder({
      up: {
        resources: { aws_sqs_queue: { q: resource(home, "q/queue") } },
        outputs: { q: ref("aws_sqs_queue.q.arn") },
      },
      down: {
        reads: ["up"],
        resources: {
          aws_lambda_function: {
            a: resource(home, "a/fn", {
              environment: { v: ref('data.terraform_remote_state.upstream-0.outputs["q"]') },
            }),
            b: resource(home, "b/fn", { environment: { v: JSON.stringify({ queue: [upstream(0, "q")] }) } }),
            c: resource(home, "c/fn", { environment: { v: ref("var.on ? aws_lambda_function.a.arn : null") } }),
            d: resource(home, "d/fn", { description: "like aws_lambda_function.a.arn" }),
          },
        },
      },
    });
    const { edges } = readGraph(folder);
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "down/aws_lambda_function.a up/aws_sqs_queue.q",
      "down/aws_lambda_function.b up/aws_sqs_queue.q",
      "down/aws_lambda_function.c down/aws_lambda_function.a",
    ]);
  });

  test("keeps stacks apart whose outputs have the same name", () => {
    const stack = (name: string) => ({
      resources: { aws_sqs_queue: { q: resource(home, "q/queue", { name }) } },
      outputs: { q: ref("aws_sqs_queue.q.arn") },
    });
    const { edges } = readGraph(
      outputFolder({
        one: stack("one"),
        two: stack("two"),
        reader: {
          reads: ["one", "two"],
          resources: { aws_lambda_function: { f: resource(home, "f/fn", { environment: upstream(1, "q") }) } },
        },
      }),
    );
    expect(edges.map(({ to }) => to)).toEqual(["two/aws_sqs_queue.q"]);
  });

  test("counts replicas that are blocks of a resource, and leaves out data sources that nothing uses", () => {
    const secret = resource(home, "login/secret", { name: "login", replica: [{ region: standby }] });
    const data = { aws_caller_identity: { me: resource(home, "me") } };
    const { nodes } = readGraph(
      outputFolder({ only: { resources: { aws_secretsmanager_secret: { login: secret } }, data } }),
    );
    expect(nodes).toMatchObject([{ title: "Secret", details: ["1 replica"] }]);
  });

  test("survives parts that refer to each other", () => {
    const { nodes } = graphOf({
      aws_iam_role: { a: { role: ref("aws_iam_role.b.name") }, b: { role: ref("aws_iam_role.a.name") } },
    });
    expect(nodes.reduce((sum, { resources }) => sum + resources, 0)).toBe(2);
  });

  describe("says what starts a function that no client calls", () => {
    const startsOf = (resources: Resources): Record<string, readonly string[] | undefined> =>
      Object.fromEntries(
        titled(graphOf(resources), "Function").map(({ label, startedBy }) => [label, startedBy] as const),
      );
    const fn = (name: string, more = {}) => resource(home, `${name}/fn`, { function_name: name, ...more });
    const calls = (name: string) => ({ v: ref(`aws_lambda_function.${name}.arn`) });

    test("by events, also where a client's request led to them", () => {
      expect(
        startsOf({
          aws_apigatewayv2_api: { api: resource(home, "api/api", { name: "api" }) },
          aws_apigatewayv2_integration: {
            to: { api_id: ref("aws_apigatewayv2_api.api.id"), integration_uri: ref("aws_lambda_function.web.arn") },
          },
          aws_cloudwatch_event_bus: { bus: resource(home, "bus/bus", { name: "bus" }) },
          aws_cloudwatch_event_rule: {
            rule: { event_bus_name: ref("aws_cloudwatch_event_bus.bus.name"), event_pattern: "{}" },
          },
          aws_cloudwatch_event_target: {
            to: { rule: ref("aws_cloudwatch_event_rule.rule.name"), arn: ref("aws_lambda_function.consumer.arn") },
          },
          aws_lambda_function: {
            web: fn("web", { environment: { bus: ref("aws_cloudwatch_event_bus.bus.arn"), ...calls("helper") } }),
            helper: fn("helper"),
            consumer: fn("consumer", { environment: calls("inner") }),
            inner: fn("inner"),
          },
        }),
      ).toEqual({ web: undefined, helper: undefined, consumer: ["events"], inner: ["another function"] });
    });

    test("by a schedule, a queue and a secret, all of them named", () => {
      expect(
        startsOf({
          aws_cloudwatch_event_rule: { daily: { schedule_expression: "rate(1 day)" } },
          aws_cloudwatch_event_target: {
            to: { rule: ref("aws_cloudwatch_event_rule.daily.name"), arn: ref("aws_lambda_function.rotate.arn") },
          },
          aws_secretsmanager_secret: { login: resource(home, "login/secret", { name: "login" }) },
          aws_secretsmanager_secret_rotation: {
            rotation: {
              secret_id: ref("aws_secretsmanager_secret.login.id"),
              rotation_lambda_arn: ref("aws_lambda_function.rotate.arn"),
            },
          },
          aws_sqs_queue: { work: resource(home, "work/queue", { name: "work" }) },
          aws_lambda_event_source_mapping: {
            work: {
              function_name: ref("aws_lambda_function.worker.arn"),
              event_source_arn: ref("aws_sqs_queue.work.arn"),
            },
          },
          aws_lambda_function: { rotate: fn("rotate"), worker: fn("worker") },
        }),
      ).toEqual({ rotate: ["a schedule", "the rotation of a secret"], worker: ["messages"] });
    });

    test("and nothing of one that something unknown calls, that has a URL of its own, or that nothing starts", () => {
      expect(
        startsOf({
          aws_api_gateway_integration: { to: calls("behind") },
          aws_lambda_function_url: { url: { function_name: ref("aws_lambda_function.open.function_name") } },
          aws_lambda_function: { behind: fn("behind"), open: fn("open"), alone: fn("alone") },
        }),
      ).toEqual({ behind: undefined, open: undefined, alone: undefined });
    });
  });

  test("says that each of two origins takes over for the other where both are in two groups", () => {
    const origins = ["a", "b"];
    const group = (...members: string[]) => ({ member: members.map((id) => ({ origin_id: id })) });
    const site = resource("us-east-1", "site/distribution", {
      origin: ["a", "b", "a2", "b2"].map((id) => ({
        origin_id: id,
        domain_name: ref(`aws_apigatewayv2_api.${id.slice(0, 1)}.api_endpoint`),
      })),
      origin_group: [group("a", "b"), group("b2", "a2")],
    });
    const drawn = lines(
      graphOf({
        aws_apigatewayv2_api: Object.fromEntries(
          origins.map((id, index) => [id, resource(index === 0 ? home : standby, `${id}/api`)]),
        ),
        aws_cloudfront_distribution: { site },
      }),
    );
    expect(drawn.sort()).toEqual(
      [standby, home].map((region) => `Distribution -> HTTP API ${region}: failover primary and secondary`),
    );
  });

  test("draws a line that crosses regions through a node between them, with its direction", () => {
    const graph = graphOf({
      aws_lambda_function: {
        caller: resource(home, "a/fn", { environment: ref("aws_lambda_function.callee.arn") }),
        callee: resource(standby, "b/fn"),
      },
    });
    expect(lines(graph)).toEqual([
      `Function ${home} -> Across regions: data (none)`,
      `Function ${standby} -> Across regions: data (from)`,
    ]);
  });
});

describe("topologySvg", () => {
  const file = (name: string, content: string): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), content);
    return folder;
  };

  test.each([
    [
      "a folder that does not exist",
      () => join(temporaryFolder(), "no-such-folder"),
      /is not a cdktf output folder, because .*manifest\.json cannot be read/,
    ],
    ["a folder without a manifest", () => file("main.tf", ""), /manifest\.json cannot be read; run cdktf synth/],
    ["a manifest that is not JSON", () => file("manifest.json", "{"), /manifest\.json is not JSON; run cdktf synth/],
    ["somebody else's manifest", () => file("manifest.json", '{"icons":[]}'), /manifest\.json does not list stacks/],
    ["a list as manifest", () => file("manifest.json", "[]"), /manifest\.json does not contain an object/],
    [
      "an output without stacks",
      () => outputFolder({}),
      /: contains no stacks; synthesize an environment into it first/,
    ],
    [
      "a stack that is missing",
      () => file("manifest.json", '{"stacks":{"a":{"name":"a","workingDirectory":"stacks/a","dependencies":[]}}}'),
      /stacks.a.cdk\.tf\.json cannot be read/,
    ],
  ])("refuses %s", async (_, folder, message) => {
    await expect(topologySvg(folder(), "x")).rejects.toMatchObject({
      name: "OutputFolderError",
      message: expect.stringMatching(message) as string,
    });
  });
});
