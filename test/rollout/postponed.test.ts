import { postponedIn } from "../../rollout";
import { deletionWindows, untilMaintenance, untilReboot } from "../../rollout/postponed-facts";
import type { ResourceChange } from "../../terraform";
import { change, plan } from "../gates/plans";

const postponed = (one: ResourceChange) => postponedIn(plan([one]));

describe("What an apply postpones", () => {
  test.each(
    Object.entries(untilMaintenance).flatMap(([type, facts]) => facts.arguments.map((argument) => [type, argument])),
  )("%s.%s waits for the maintenance window, unless it is applied immediately", (type, argument) => {
    const address = `${type}.one`;
    const update = (immediately: unknown, after: unknown = "new") =>
      postponed(
        change(address, ["update"], {
          before: { [argument]: "old", tags: {} },
          after: { [argument]: after, tags: { a: "b" }, apply_immediately: immediately },
        }),
      );
    const waits = [{ address, kind: "maintenance window", arguments: [argument], days: null }];
    expect(update(false)).toEqual(waits);
    expect(update(null)).toEqual(waits);
    expect(update(true)).toEqual([]);
    expect(update(false, "old")).toEqual([]);
  });

  test.each(Object.keys(untilReboot))("parameters of %s wait for a reboot where they are pending", (type) => {
    const address = `${type}.one`;
    const parameter = (value: string, method: string) => ({ name: "max_connections", value, apply_method: method });
    const update = (method: string, value = "200") =>
      postponed(
        change(address, ["update"], {
          before: { parameter: [parameter("100", method)] },
          after: { parameter: [parameter(value, method)] },
        }),
      );
    expect(update("pending-reboot")).toEqual([{ address, kind: "reboot", arguments: ["parameter"], days: null }]);
    expect(update("immediate")).toEqual([]);
    expect(update("pending-reboot", "100")).toEqual([]);
  });

  test.each(Object.entries(deletionWindows))("%s is deleted some days later", (type, { argument, days }) => {
    const address = `${type}.one`;
    const removed = (actions: ResourceChange["change"]["actions"], given?: number) =>
      postponed(change(address, actions, { before: { [argument]: given } })).map((one) => one.days);
    expect(removed(["delete"], 7)).toEqual([7]);
    expect(removed(["delete", "create"])).toEqual([days]);
    expect(removed(["delete"], 0)).toEqual([]);
    expect(removed(["update"], 7)).toEqual([]);
    expect(removed(["create"])).toEqual([]);
  });

  test("names what only leaves the state, and what is only read at the apply, by address", () => {
    const data = { ...change("data.aws_iam_policy_document.one", ["read"]), mode: "data" as const };
    const read = { ...data, address: "data.aws_iam_policy_document.two", change: { actions: ["no-op"] } } as const;
    expect(postponedIn(plan([data, read, change("aws_kms_key.kept", ["forget"])]))).toEqual([
      { address: "aws_kms_key.kept", kind: "kept", arguments: [], days: null },
      { address: "data.aws_iam_policy_document.one", kind: "read at the apply", arguments: [], days: null },
    ]);
  });

  test("counts an argument whose value is only known after the apply", () => {
    const one = change("aws_db_instance.one", ["update"], { before: { engine_version: "15" }, after: {} });
    const unknown = { ...one, change: { ...one.change, after_unknown: { engine_version: true } } };
    expect(postponed(unknown)).toMatchObject([{ arguments: ["engine_version"] }]);
  });
});
