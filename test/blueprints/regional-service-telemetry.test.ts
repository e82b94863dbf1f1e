import { RegionalService } from "../../blueprints/regional-service";
import { tracingConfig } from "../../contract";
import type { RegionalKey } from "../../modules/core";
import { ServiceFunction } from "../../modules/service-function";
import { serviceTelemetry } from "../../stacks/service-telemetry";
import { synth } from "../support/synth";

const account = "123456789012";
const region = "eu-west-1";
const key: RegionalKey = {
  arnIn: () => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: () => undefined,
};
const secretArn = `arn:aws:secretsmanager:${region}:${account}:secret:otlp-AbCdEf`;
const keyArn = `arn:aws:kms:${region}:${account}:key/mrk-0123456789abcdef0123456789abcdef`;
const endpoints = { [region]: "https://otlp.example.com/v1/traces" };

/** The function of a service that is traced so, and its policy. */
function functionTraced(tracing: unknown) {
  const { at } = synth((stack) => {
    new RegionalService(stack, "orders", {
      config: { function: { entry: "services/orders/handler.ts", reservedConcurrency: 5 } },
      environment: "test",
      name: "orders",
      region,
      account,
      key,
      tables: new Map(),
      tracing: false,
      telemetry: serviceTelemetry(tracingConfig.parse(tracing), region),
      ownsDomainValidation: true,
    });
  });
  const fn = at("aws_lambda_function.orders_function_function");
  return {
    variables: (fn.environment as { variables: Record<string, string> }).variables,
    layers: fn.layers,
    mode: fn.tracing_config,
    hash: fn.source_code_hash,
    policy: JSON.stringify(at("aws_iam_role_policy.orders_function_execution_policy").policy),
  };
}

describe("A RegionalService that is traced by OpenTelemetry", () => {
  test("is told where spans go and how many, and has code that sends them", () => {
    const traced = functionTraced({
      openTelemetry: {
        endpoints,
        sampleRatio: 0.1,
        headers: { "x-tenant": "a b" },
        resourceAttributes: { team: "orders" },
      },
    });
    expect(traced.variables).toEqual({
      ENVIRONMENT: "test",
      SERVICE_NAME: "orders",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://otlp.example.com/v1/traces",
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-tenant=a%20b",
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "500",
      OTEL_RESOURCE_ATTRIBUTES: "team=orders",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.1",
    });
    expect(traced.mode).toEqual({ mode: "PassThrough" });
    expect(traced.policy).not.toMatch(/xray|secretsmanager/);
    expect(traced.hash).not.toBe(functionTraced({}).hash);
  });

  test("reads the headers of its receiver, and decrypts them by their key", () => {
    const byAws = functionTraced({ openTelemetry: { endpoints, headersSecretArns: { [region]: secretArn } } });
    expect(byAws.variables.TRACE_HEADERS_SECRET_ARN).toBe(secretArn);
    expect(byAws.policy).toContain(secretArn);
    expect(byAws.policy).not.toContain("kms:Decrypt");
    const secrets = { headersSecretArns: { [region]: secretArn }, headersKeyArns: { [region]: keyArn } };
    const { policy } = functionTraced({ openTelemetry: { endpoints, ...secrets } });
    expect(policy).toContain(keyArn);
    expect(policy).toContain("secretsmanager.eu-west-1.amazonaws.com");
  });
});

describe("A RegionalService that is traced by a layer", () => {
  test("has the layer of its region, its wrapper and its variables, and the code of any other", () => {
    const arn = `arn:aws:lambda:${region}:615299751070:layer:AWSOpenTelemetryDistroJs:6`;
    const traced = functionTraced({
      layer: { arns: { [region]: arn }, execWrapper: "/opt/otel-instrument", variables: { OTEL_LOG_LEVEL: "error" } },
    });
    expect(traced.layers).toEqual([arn]);
    expect(traced.variables).toMatchObject({
      AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel-instrument",
      OTEL_LOG_LEVEL: "error",
    });
    expect(traced.hash).toBe(functionTraced({}).hash);
  });
});

describe("A ServiceFunction", () => {
  test("is not traced by X-Ray and OpenTelemetry at once", () => {
    const build = () =>
      synth((stack) => {
        new ServiceFunction(stack, "orders", {
          config: { entry: "services/orders/handler.ts", reservedConcurrency: null },
          name: "orders",
          region,
          account,
          key,
          tracing: true,
          openTelemetry: true,
        });
      });
    expect(build).toThrow("is traced by X-Ray and by OpenTelemetry, and would be twice; choose one of them");
  });
});
