import type { BaseEnvironment, Rule } from "../../contract";
import { latestDeadLetterAgeSeconds } from "../../modules/table-stream";
import { checkHandledOnce } from "./handled-once";

/** Each service that reads the stream of a table, with its path. */
function* readers({ services }: BaseEnvironment) {
  for (const [index, service] of services.entries()) {
    for (const [name, use] of Object.entries(service.streams)) {
      yield { service, name, use, path: ["services", index, "streams", name] };
    }
  }
}

const servicesReadDeclaredTables: Rule = {
  id: "streams-are-of-declared-tables",
  statement: "A service reads only streams of tables that the environment declares, or whose streams it names.",
  check(environment, report, { comes }) {
    const { tables, existingTables, regions } = environment;
    const known = [...tables, ...existingTables].map(({ name }) => name);
    const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
    const serving = [regions.home, ...(comes("standbyServices") ? regions.standby : [])];
    for (const { name, path } of readers(environment)) {
      if (!known.includes(name)) {
        report(path, `is not a table of this environment; ${remedy} under tables`);
        continue;
      }
      const existing = existingTables.find((table) => table.name === name);
      if (!existing) continue;
      const missing = serving.filter((region) => existing.streamArns?.[region] === undefined);
      if (missing.length === 0) continue;
      report(path, `is there already, and its stream in ${missing.join(", ")} is not known; name it in its streamArns`);
    }
  },
};

/** The most that can read a shard of a stream at a time. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const mostReaders = 2;

const streamsHaveFewReaders: Rule = {
  id: "streams-have-few-readers",
  statement: "At most two services read the stream of a table, and of a replicated one a second only with a reason.",
  check(environment, report, { comes }) {
    const { existingTables, regions } = environment;
    const replicated = (name: string): boolean =>
      existingTables.some((table) => table.name === name && Object.keys(table.arns).length > 1) ||
      (comes("replicatedTables") && regions.standby.length > 0);
    const found = new Map<string, string[]>();
    for (const { name, service, use, path } of readers(environment)) {
      const others = found.get(name) ?? [];
      found.set(name, [...others, service.name]);
      if (others.length >= mostReaders) {
        report(
          path,
          `is read by ${others.join(" and ")} already, and DynamoDB throttles more than ${mostReaders} readers of a stream; let one of them publish events for the others`,
        );
      } else if (others.length > 0 && replicated(name) && use.sharedReason === undefined) {
        report(
          path,
          `is read by ${others[0]} already, and AWS advises one reader for a table with replicas; let that one publish events, or say in sharedReason why two`,
        );
      }
    }
  },
};

const streamsDoNotFeedThemselves: Rule = {
  id: "streams-do-not-feed-themselves",
  statement: "No service reads the stream of a table in which consumers remember what they have handled.",
  check(environment, report) {
    const { services } = environment;
    const memories = new Set(
      services.flatMap(({ queues, streams, schedules }) =>
        [queues, streams, schedules].flatMap((uses) => Object.values(uses).map(({ idempotency }) => idempotency.table)),
      ),
    );
    for (const { name, path } of readers(environment)) {
      if (!memories.has(name)) continue;
      report(
        path,
        "remembers what was handled, so that handling a change would be the next change; read another table",
      );
    }
  },
};

const streamConsumersHandleOnce: Rule = {
  id: "stream-consumers-handle-once",
  statement: "A service that reads a stream remembers which changes it has handled, in a table that all regions ask.",
  check(environment, report, enabled) {
    for (const { service, use, path } of readers(environment)) {
      checkHandledOnce({ environment, enabled, service, use, path, report });
    }
  },
};

const failedChangesAreSeenInTime: Rule = {
  id: "failed-changes-are-seen-in-time",
  statement: "The alarm on dead letters fires while the stream still has the changes that they name.",
  check({ services }, report) {
    services.forEach(({ streams, function: { alarms } }, index) => {
      if (Object.keys(streams).length === 0 || alarms.deadLetterAgeSeconds <= latestDeadLetterAgeSeconds) return;
      report(
        ["services", index, "function", "alarms", "deadLetterAgeSeconds"],
        `leaves too little of the 24 hours that a stream keeps failed changes; use at most ${latestDeadLetterAgeSeconds}`,
      );
    });
  },
};

export const streamRules: readonly Rule[] = [
  servicesReadDeclaredTables,
  streamsHaveFewReaders,
  streamsDoNotFeedThemselves,
  streamConsumersHandleOnce,
  failedChangesAreSeenInTime,
];
