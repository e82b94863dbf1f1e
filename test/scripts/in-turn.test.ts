import { page } from "../../scripts/kills/in-turn/page";
import type { Kill } from "../../scripts/kills/in-turn/rollout";

const kill = (killed: Kill["killed"], resource: string, faults: readonly string[] = []): Kill => ({
  killed,
  resource,
  others: 3,
  ended: "exit code 1",
  afterwards: killed === "terraform" ? ["evenkeel unlock prod prod-keys", "inventory --delete-orphans"] : [],
  faults,
});

describe("The page of kills after each resource", () => {
  test("counts them by stack, and has a row for each", () => {
    const kills = [
      kill("terraform", "prod-keys: aws_kms_key.one"),
      kill("terraform", "prod-keys: aws_kms_key.two"),
      kill("evenkeel", "prod-data: aws_dynamodb_table.one"),
    ];
    const text = page(kills, 1);
    expect(text).toContain("3 kills; 1 of 2 rollouts have come to their end. Everything was as it has to be.");
    expect(text).toContain("| terraform | prod-keys | 2 | 6 | 2 | 2 | all settle |");
    expect(text).toContain("| evenkeel | prod-data | 1 | 3 | 0 | 0 | all settle |");
    expect(text).toContain("| terraform | prod-keys: `aws_kms_key.two` | 3 | exit code 1 |");
  });

  test("says what was wrong", () => {
    const text = page([kill("terraform", "prod-keys: aws_kms_key.one", ["2 processes were left running\nmore"])], 0);
    expect(text).toContain("1 kills were followed by something wrong.");
    expect(text).toContain("| 2 processes were left running |");
    expect(text).toContain("| 1 wrong |");
  });
});
