import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";

export type { Logger };

/** The levels that `LOG_LEVEL` may name, most talkative first. */
export const LOG_LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"] as const;

/** What every line of one function has in common. */
export interface LoggerOptions {
  /** Becomes `service`. */
  readonly service: string;
  /** Becomes `environment`. */
  readonly environment: string;
  /** Lines below it are dropped. */
  readonly level: (typeof LOG_LEVELS)[number];
}

/**
 * A logger of one JSON object a line on standard output, with `level`, `message`, `timestamp`, `service`, `environment`,
 * `cold_start` and `xray_trace_id`; create one per function, at module scope.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/
 */
export function createLogger({ service, environment, level }: LoggerOptions): Logger {
  return new Logger({ serviceName: service, logLevel: level, persistentKeys: { environment } });
}

/**
 * Starts the lines of one invocation: forgets the keys of the one before, then adds `correlation_id`, `function_name`,
 * `function_version`, `function_request_id` and the other fields of the Lambda context. The event itself is never logged.
 */
export function beginInvocation(logger: Logger, context: Context, correlationId: string): void {
  logger.resetKeys();
  logger.addContext(context);
  logger.setCorrelationId(correlationId);
  logger.appendKeys({ function_version: context.functionVersion });
}
