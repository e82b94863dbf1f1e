import type { BaseEnvironment, EnabledCapabilities, Service } from "../../contract";
import type { Report } from "../../modules/core";

/** A service that takes something which may come twice. */
export interface HandledOnce {
  readonly environment: BaseEnvironment;
  readonly enabled: EnabledCapabilities;
  readonly service: Service;
  /** The entry of the service that says how it takes it, and its path. */
  readonly use: { readonly idempotency: { readonly table?: string | undefined } };
  readonly path: readonly PropertyKey[];
  readonly report: Report;
}

/** Whether the table that remembers what was handled is one that all regions ask, in the form that the runtime needs. */
export function checkHandledOnce({ environment, enabled, service, use, path, report }: HandledOnce): void {
  const name = use.idempotency.table;
  if (name === undefined) return;
  const { tables, regions } = environment;
  const at = [...path, "idempotency", "table"];
  const access = service.tables[name];
  if (access?.access !== "read-write") {
    report(at, 'is not a table that the service reads and writes; add it to its tables, with access "read-write"');
    return;
  }
  if (enabled.comes("standbyServices") && regions.standby.length > 0 && !access.homeReplica) {
    const why = "is asked by each region in its own replica, so that two could handle the same";
    report(at, `${why}; set homeReplica for it under tables of the service`);
  }
  // What is there already is not looked at.
  const table = tables.find((one) => one.name === name);
  if (!table) return;
  const { partitionKey, sortKey, attributes, timeToLiveAttribute } = table;
  const fits = partitionKey === "pk" && sortKey === undefined && attributes.pk === "S";
  if (fits && timeToLiveAttribute === "expiresAt") return;
  const needed = 'partitionKey "pk" of type S, no sortKey, timeToLiveAttribute "expiresAt"';
  report(at, `is a table of another form than the runtime needs; use one with ${needed}`);
}
