import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { type Environment, oneOf, string } from "../environment/environment.js";

export type { Logger };

/** The levels that `LOG_LEVEL` may name, most verbose first. */
export const logLevels = ["DEBUG", "INFO", "WARN", "ERROR"] as const;

/** The variables that a logger needs; a function reads them together with its own. */
export const loggerVariables = {
  ENVIRONMENT: string(),
  LOG_LEVEL: oneOf(...logLevels).default("INFO"),
  SERVICE_NAME: string(),
};

/** What every line of one function has in common. */
export interface LoggerOptions {
  /** Becomes `service`. */
  readonly service: string;
  /** Becomes `environment`. */
  readonly environment: string;
  /** Lines below it are dropped. */
  readonly level: (typeof logLevels)[number];
}

/**
 * A logger of one JSON object a line on standard output, with `level`, `message`, `timestamp`, `service`, `environment`,
 * `cold_start` and `xray_trace_id`; create one per function, at module scope.
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/
 */
export function createLogger({ service, environment, level }: LoggerOptions): Logger {
  return new Logger({ serviceName: service, logLevel: level, persistentKeys: { environment } });
}

/** The logger of a function, by its variables. */
export function loggerFromEnvironment(environment: Environment<typeof loggerVariables>): Logger {
  const { SERVICE_NAME: service, ENVIRONMENT, LOG_LEVEL: level } = environment;
  return createLogger({ service, environment: ENVIRONMENT, level });
}

/**
 * Starts the log of one invocation: clears the keys of the last one, then adds `correlation_id`, `function_name`,
 * `function_version`, `function_request_id` and the other fields of the Lambda context. The event itself is never logged.
 */
export function beginInvocation(logger: Logger, context: Context, correlationId: string): void {
  logger.resetKeys();
  logger.addContext(context);
  logger.setCorrelationId(correlationId);
  logger.appendKeys({ function_version: context.functionVersion });
}
