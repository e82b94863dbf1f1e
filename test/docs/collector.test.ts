import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Collector {
  readonly [part: string]: Readonly<Record<string, unknown>>;
  readonly service: {
    readonly extensions: readonly string[];
    readonly pipelines: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  };
}

const page = readFileSync(join(__dirname, "../../docs/how-to/trace.md"), "utf8");
const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
const { load } = require("js-yaml") as { load(text: string): Collector };

/** The parts that pipelines name, by their kind, and that are defined. */
describe("The configuration of a collector on the page about tracing", () => {
  const collector = load(yaml);
  const { traces = {} } = collector.service.pipelines;

  it.each(["receivers", "processors", "exporters"])(
    "defines the %s of its pipeline, and uses those that it defines",
    (kind) => {
      expect(traces[kind]?.length).toBeGreaterThan(0);
      expect(new Set(traces[kind])).toEqual(new Set(Object.keys(collector[kind] ?? {})));
    },
  );

  it("defines the extensions that it starts, those that sign included", () => {
    expect(new Set(collector.service.extensions)).toEqual(new Set(Object.keys(collector.extensions ?? {})));
    const authenticators = Object.values(collector.exporters ?? {}).flatMap((exporter) => {
      const { auth } = exporter as { auth?: { authenticator: string } };
      return auth ? [auth.authenticator] : [];
    });
    expect(authenticators).toEqual(["sigv4auth"]);
    expect(collector.service.extensions).toEqual(expect.arrayContaining(authenticators));
  });

  it("takes OTLP over HTTP at the port that the page says, limits memory before anything else, and has no secret", () => {
    expect(collector.receivers).toEqual({ otlp: { protocols: { http: { endpoint: "0.0.0.0:4318" } } } });
    expect(page).toContain("http://<private address>:4318/v1/traces");
    expect(traces.processors?.[0]).toBe("memory_limiter");
    const headers = Object.values(collector.exporters ?? {}).flatMap((exporter) =>
      Object.values((exporter as { headers?: Record<string, string> }).headers ?? {}),
    );
    expect(headers.filter((value) => !/^\$\{env:\w+\}$/.test(value))).toEqual([]);
    expect(headers).toHaveLength(1);
  });
});
