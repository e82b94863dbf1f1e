import type { Construct } from "constructs";
import { type AlarmTarget, ConstructError, type RegionalKey } from "../../modules/core";
import type { UsableTable } from "../../modules/replicated-table";
import type { ServiceFunction } from "../../modules/service-function";
import { StreamConsumer, streamDeadLetters } from "../../modules/table-stream";
import type { RegionalServiceConfig } from "./config";
import type { FunctionUse } from "./function-use";

export interface StreamUseProps {
  /** The region that it is in. */
  readonly region: string;
  readonly key: RegionalKey;
  /** The tables of the environment, by name. */
  readonly tables: ReadonlyMap<string, UsableTable>;
  /** The region that serves first; the only one that reads streams of `consumedIn: "active-region"`. */
  readonly activeRegion?: string;
  readonly alarms?: AlarmTarget;
}

/** The streams of tables that a service reads in its region, and the queue for the changes that it gives up. */
export function streamUse(scope: Construct, config: RegionalServiceConfig, props: StreamUseProps): FunctionUse[] {
  const streams = Object.entries(config.streams);
  if (streams.length === 0) return [];
  const { region, key, tables, alarms, activeRegion = region } = props;
  const connect = (target: ServiceFunction): void => {
    const failures = streamDeadLetters(scope, "stream-dead-letters", {
      name: target.functionName,
      region,
      key,
      grantee: target,
      deadLetterAgeSeconds: config.function.alarms.deadLetterAgeSeconds,
      alarms,
    });
    for (const [name, consumer] of streams) {
      const table = tables.get(name);
      if (!table)
        throw new ConstructError(scope, `reads the stream of "${name}", which is no table`, "declare the table");
      new StreamConsumer(scope, `stream-${name}`, {
        config: consumer,
        table,
        target,
        failures,
        active: consumer.consumedIn === "every-region" || region === activeRegion,
        alarms,
      });
    }
  };
  return [{ variables: {}, connect }];
}
