import { App } from "cdktf";
import type { Moves } from "../../contract";
import sandbox from "../../environments/sandbox";
import { buildStacks } from "../../stacks";
import { readSynthesizedStacks } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const none: Moves = { moved: [], removed: [], imports: [] };
const to = "aws_kms_key.data_primary";

function synthesized(moves: Partial<Moves>) {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  buildStacks(app, { ...sandbox.resolve(), moves: { ...none, ...moves } });
  app.synth();
  return readSynthesizedStacks(outdir).map(({ name, terraform: { moved, removed, import: imported } }) => ({
    name,
    moved,
    removed,
    imported,
  }));
}

describe("Moves of an environment", () => {
  test("are blocks of the stacks that they are about, and of no other", () => {
    const stacks = synthesized({
      moved: [{ stack: "sandbox-keys", from: "aws_kms_key.old", to }],
      removed: [
        { stack: "sandbox-keys", address: "aws_kms_key.gone", reason: "it goes, as planned", expires: "2026-12-24" },
      ],
      imports: [{ stack: "sandbox-keys", to: "aws_kms_key.operations_primary", id: "1234" }],
    });
    expect(stacks.find(({ name }) => name === "sandbox-keys")).toEqual({
      name: "sandbox-keys",
      moved: [{ from: "aws_kms_key.old", to }],
      removed: [{ from: "aws_kms_key.gone", lifecycle: [{ destroy: false }] }],
      imported: [{ to: "aws_kms_key.operations_primary", id: "1234" }],
    });
    expect(stacks.filter(({ moved, imported }) => moved || imported).map(({ name }) => name)).toEqual(["sandbox-keys"]);
  });

  test.each([
    [
      { moved: [{ stack: "sandbox-keys", from: "aws_kms_key.old", to: "aws_kms_key.data_primry" }] },
      `moved[0].to: is not a resource of sandbox-keys; did you mean "${to}"?`,
    ],
    [{ moved: [{ stack: "sandbox-kyes", from: "aws_kms_key.old", to }] }, 'did you mean "sandbox-keys"?'],
    [
      { removed: [{ stack: "sandbox-keys", address: to, reason: "it goes, as planned", expires: "2026-12-24" }] },
      "removed[0].address: is still a resource of sandbox-keys",
    ],
    [{ imports: [1, 2].map((id) => ({ stack: "sandbox-keys", to, id: String(id) })) }, "imports[1].to: is named twice"],
  ])("are refused where the configuration is otherwise: %j", (moves, message) => {
    expect(() => synthesized(moves)).toThrow(message);
  });
});
