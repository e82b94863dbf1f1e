import { UserError } from "../../errors";
import { cdktf } from "../../terraform";

describe("cdktf", () => {
  test("gives what the command line prints", async () => {
    expect(await cdktf(["--version"], {})).toMatch(/^\d+\.\d+\.\d+\n/);
  });

  test("throws an error for the user, with the end of what was printed", async () => {
    const failed = cdktf(["no-such-verb"], {});
    await expect(failed).rejects.toThrow(UserError);
    await expect(failed).rejects.toThrow(/^cdktf no-such-verb ended with exit code 1:\n[\s\S]*no-such-verb/);
  });
});
