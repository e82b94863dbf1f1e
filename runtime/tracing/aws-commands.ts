import type { Span } from "@opentelemetry/api";
import type { SpanAttributes, SpanOptions } from "./spans.js";

interface Command {
  readonly input: unknown;
}

interface CommandContext {
  readonly clientName?: string;
  readonly commandName?: string;
}

type Handle = (command: Command) => Promise<{ readonly output: unknown }>;

/** The part of a client of the AWS SDK that commands pass. */
export interface CommandClient {
  readonly config: { readonly region?: unknown };
  readonly middlewareStack: {
    add(middleware: (next: Handle, context: CommandContext) => Handle, options: object): void;
  };
}

/**
 * Makes a span of each command, all of its attempts included.
 * @see https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
 */
export function spanPerCommand(
  client: CommandClient,
  run: <T>(options: SpanOptions, work: (span: Span) => Promise<T>) => Promise<T>,
): void {
  client.middlewareStack.add(
    (next, { clientName = "", commandName = "" }) =>
      (command) => {
        const service = clientName.replace(/Client$/, "");
        const method = commandName.replace(/Command$/, "");
        const attributes = {
          "rpc.system": "aws-api",
          "rpc.service": service,
          "rpc.method": method,
          ...attributesOf(service, method, command.input as Readonly<Record<string, unknown>>),
        };
        return run({ name: `${service}.${method}`, kind: "client", attributes }, async (span) => {
          const answer = await next(command);
          span.setAttributes({ ...answered(answer.output) });
          return answer;
        });
      },
    { step: "initialize", name: "evenkeelTracing", priority: "high", override: true },
  );
}

/** Names of tables, queues and buses; nothing of what is written. */
function attributesOf(service: string, method: string, input: Readonly<Record<string, unknown>>): SpanAttributes {
  const { TableName } = input;
  if (service.startsWith("DynamoDB")) {
    return {
      "db.system.name": "aws.dynamodb",
      "db.operation.name": method,
      ...(typeof TableName === "string" ? { "db.collection.name": TableName } : {}),
    };
  }
  return {};
}

function answered(output: unknown): SpanAttributes {
  const { $metadata } = (output ?? {}) as {
    readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
  };
  return {
    "aws.request_id": $metadata?.requestId,
    "http.response.status_code": $metadata?.httpStatusCode,
  };
}
