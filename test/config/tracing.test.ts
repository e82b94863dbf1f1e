import { join } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { ConfigError } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { readSynthesizedStacks } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

// biome-ignore lint/suspicious/noExplicitAny: the tests write what the compiler would refuse
type Loose = any;

const secretIn = (region: string) => `arn:aws:secretsmanager:${region}:444444444444:secret:otlp-headers-AbCdEf`;
const openTelemetry = {
  endpoints: {
    "eu-west-1": "https://otlp.eu-west-1.example.com/v1/traces",
    "eu-central-1": "https://otlp.eu-central-1.example.com/v1/traces",
  },
  headersSecretArns: { "eu-west-1": secretIn("eu-west-1"), "eu-central-1": secretIn("eu-central-1") },
  privateAccess: { cidrBlocks: ["10.9.0.0/24"] },
};
const layerIn = (region: string) => `arn:aws:lambda:${region}:615299751070:layer:AWSOpenTelemetryDistroJs:6`;
const layer = {
  arns: { "eu-west-1": layerIn("eu-west-1"), "eu-central-1": layerIn("eu-central-1") },
  execWrapper: "/opt/otel-instrument",
};

/** What is wrong with prod when it is traced so: paths, messages and what was received. */
function mistakes(tracing: unknown, change: (environment: Loose) => void = () => {}): string[] {
  const input = { ...JSON.parse(JSON.stringify(prod.input)), tracing: JSON.parse(JSON.stringify(tracing)) } as Loose;
  // One layer is for functions of one language.
  if (input.tracing.layer) input.services = input.services.filter(({ name }: Loose) => name !== "quotes");
  change(input);
  try {
    defineEnvironment(input as EnvironmentInput).resolve();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map(({ path, message, received }) => `${path}: ${message} [${received}]`);
  }
}

/** The same of tracing by OpenTelemetry with other fields. */
const otel = (changes: object) => mistakes({ openTelemetry: { ...openTelemetry, ...changes } });
const home = (endpoint: string) => ({ endpoints: { ...openTelemetry.endpoints, "eu-west-1": endpoint } });

describe("The tracing of an environment", () => {
  const folder = temporaryFolder();

  it("may be by OpenTelemetry or by a layer", () => {
    expect(mistakes({ openTelemetry })).toEqual([]);
    expect(mistakes({ layer: { ...layer, xray: true } })).toEqual([]);
  });

  it.each([
    ["http://otlp.example.com/v1/traces", "it does not begin with https://"],
    ["https://otlp.example.com", "it has no path"],
    ["https://otlp.example.com/v1/traces#token", "it contains a fragment"],
    ["https://otlp.example.com/v1/traces?api_key=1", "it contains a query"],
    ["otlp.example.com:4318", "it does not begin with https://"],
  ])("refuses the endpoint %s", (endpoint, because) => {
    const [mistake] = otel(home(endpoint));
    expect(mistake).toContain("tracing.openTelemetry.endpoints");
    expect(mistake).toContain(
      `is not an endpoint of OTLP over HTTP, because ${because}; write https://<host>/v1/traces`,
    );
  });

  it.each(["http://localhost:4318/v1/traces", "http://10.9.0.17:4318/v1/traces"])(
    "takes %s in plain http",
    (endpoint) => {
      const endpoints = { "eu-west-1": endpoint, "eu-central-1": endpoint };
      expect(otel({ endpoints })).toEqual([]);
    },
  );

  it("has a receiver in each region that serves, and none elsewhere", () => {
    const { "eu-central-1": _, ...endpoints } = openTelemetry.endpoints;
    const elsewhere = { ...endpoints, "us-east-1": "https://otlp.example.com/v1/traces" };
    expect(otel({ endpoints: elsewhere })).toEqual([
      "tracing.openTelemetry.endpoints.eu-central-1: is required, as functions run in eu-central-1 now or at a later stage; add an endpoint there [nothing]",
      'tracing.openTelemetry.endpoints.us-east-1: is not a region of this environment; use one of eu-west-1, eu-central-1 ["https://otlp.example.com/v1/traces"]',
    ]);
    const headersSecretArns = { ...openTelemetry.headersSecretArns, "eu-central-1": secretIn("eu-west-1") };
    expect(otel({ headersSecretArns })).toEqual([
      expect.stringContaining("headersSecretArns.eu-central-1: is in eu-west-1; name the one in eu-central-1"),
    ]);
    expect(mistakes({ layer: { ...layer, arns: { "eu-west-1": layerIn("eu-west-1") } } })).toEqual([
      expect.stringContaining("tracing.layer.arns.eu-central-1: is required"),
    ]);
  });

  it("has no secret in a header, whose value no message shows", () => {
    const said = otel({
      headers: { authorization: "shop-0123", "x-honeycomb-team": "sho", "x-tenant": "shop" },
    });
    expect(said).toEqual([
      expect.stringMatching(/openTelemetry\.headers\.authorization: may be a secret.*headersSecretArns/),
    ]);
    expect(said.join()).not.toContain("shop-0123");
  });

  it("samples from none to all", () => {
    expect(otel({ sampleRatio: 1.5 })).toEqual([
      "tracing.openTelemetry.sampleRatio: is more than all; use a number from 0 to 1, such as 0.1 for a tenth [1.5]",
    ]);
    expect(otel({ sampleRatio: 0 })).toEqual([]);
  });

  it("is of one kind", () => {
    expect(mistakes({ openTelemetry, layer })).toEqual([
      expect.stringContaining("tracing.layer: would trace functions that trace by openTelemetry a second time"),
    ]);
    expect(mistakes({})).toEqual([expect.stringContaining("tracing: names neither openTelemetry nor a layer")]);
    const wrapped = (environment: Loose) => {
      environment.services[0].function.environment = { AWS_LAMBDA_EXEC_WRAPPER: "/opt/aws-fis/bootstrap" };
    };
    for (const tracing of [{ openTelemetry }, { layer }]) {
      expect(mistakes(tracing, wrapped)).toEqual([
        expect.stringContaining(
          "services[0].function.environment.AWS_LAMBDA_EXEC_WRAPPER: starts a wrapper, and a function has one only",
        ),
      ]);
    }
    const leftOut = (environment: Loose) => {
      environment.exceptions = { tracing: { enabled: false, reason: "not of interest here" } };
    };
    expect(mistakes({ openTelemetry }, leftOut)).toEqual([
      expect.stringContaining("tracing: says how functions are traced, but exceptions leave tracing out"),
    ]);
  });

  it("opens the way to its receiver, and traces functions of the toolkit no more", () => {
    const outdir = join(folder, "prod");
    const app = new App({ outdir });
    const input = { ...prod.input, tracing: { openTelemetry } } as EnvironmentInput;
    buildStacks(app, defineEnvironment(input).resolve({ stage: "hardening" }));
    app.synth();
    const resources = readSynthesizedStacks(outdir).flatMap(({ terraform }) =>
      Object.entries(terraform.resource ?? {}).flatMap(([type, byName]) =>
        Object.values(byName).map((resource) => ({ type, resource })),
      ),
    );
    const of = (wanted: string) => resources.filter(({ type }) => type === wanted).map(({ resource }) => resource);
    const opened = of("aws_vpc_security_group_egress_rule").filter(({ cidr_ipv4 }) => cidr_ipv4 === "10.9.0.0/24");
    expect(opened.map(({ from_port, to_port }) => [from_port, to_port])).toEqual([
      // From the network of the databases, and from that of containers.
      [443, 443],
      [443, 443],
      [443, 443],
    ]);
    const modes = of("aws_lambda_function").map(({ tracing_config }) => (tracing_config as { mode?: string })?.mode);
    expect(modes).not.toContain("Active");
    expect(JSON.stringify(of("aws_iam_role_policy"))).not.toContain("xray:");
  });

  it("gets out of the network of a database", () => {
    expect(otel({ privateAccess: undefined })).toEqual([
      expect.stringContaining("containerNetwork: has no way to the internet"),
      expect.stringContaining("services[1].database: cannot send traces from the network of the database ledger"),
      expect.stringContaining("services[6].database: cannot send traces from the network of the database stock"),
    ]);
    const withoutEndpoint = (environment: Loose) => {
      for (const { network } of environment.databases) network.interfaceEndpoints = [];
      environment.exceptions = { secretRotation: { enabled: false, reason: "not of interest here" } };
    };
    expect(mistakes({ openTelemetry }, withoutEndpoint).join()).toContain(
      'has no "secretsmanager", but functions in the network read the headers of their receiver of traces; add it',
    );
    expect(mistakes({ openTelemetry }, withoutEndpoint).join()).not.toContain("xray");
  });
});
