import { type Aliases, movedAliases, takeBack } from "../../rollout";
import { plan, update } from "../gates/plans";

const alias = { function_name: "shop-orders", name: "live" };
const moves = plan([
  update("aws_lambda_alias.orders", { ...alias, function_version: "2" }, alias, { function_version: true }),
  update(
    "aws_lambda_alias.known",
    { ...alias, name: "other", function_version: "2" },
    { ...alias, function_version: "3" },
  ),
  update("aws_lambda_alias.stays", { ...alias, function_version: "2" }, { ...alias, function_version: "2" }),
  update("aws_lambda_function.orders", { memory_size: 128 }, { memory_size: 256 }),
]);
const [moved] = movedAliases(moves, "eu-west-1");
const versions = new Map([["shop-orders:live", "3"]]);

/** Lambda with one alias. */
function fakeAliases(version: string) {
  const calls: unknown[] = [];
  const aliases: Aliases = {
    read: async () => ({ version, revisionId: `r${version}` }),
    move: async (_, to, revisionId) => void calls.push([to, revisionId]),
  };
  return { aliases, calls };
}

describe("The way back", () => {
  test("is about aliases that the plan moves to another version", () => {
    expect(movedAliases(moves, "eu-west-1")).toEqual([
      { functionName: "shop-orders", alias: "live", region: "eu-west-1", before: "2" },
      { functionName: "shop-orders", alias: "other", region: "eu-west-1", before: "2", after: "3" },
    ]);
  });

  test("puts them to the version before, by the revision that was read", async () => {
    const { aliases, calls } = fakeAliases("3");
    expect(await takeBack(moved ? [moved] : [], versions, aliases)).toMatchObject([{ before: "2", result: "moved" }]);
    expect(calls).toEqual([["2", "r3"]]);
  });

  test("leaves alone what is back already, and refuses what somebody else has moved", async () => {
    const back = fakeAliases("2");
    expect(await takeBack(moved ? [moved] : [], versions, back.aliases)).toMatchObject([{ result: "was there" }]);
    const elsewhere = fakeAliases("7");
    await expect(takeBack(moved ? [moved] : [], versions, elsewhere.aliases)).rejects.toThrow(
      "shop-orders:live in eu-west-1 is at version 7; this rollout has put it to 3",
    );
    expect([...back.calls, ...elsewhere.calls]).toEqual([]);
  });
});
