import { defineEnvironment, definePreviews } from "evenkeel";
import { stateIn } from "./common";
import sandbox from "./sandbox";

/** What a pull request is tried in: the sandbox once more, in the account of dev, for two days. */
export default definePreviews({
  prefix: "pr",
  environment: ({ name, number }) =>
    defineEnvironment({
      ...sandbox.input,
      name,
      description: `Pull request ${number}; destroyed two days after its last deployment`,
      account: "222222222222",
      state: stateIn("222222222222", "previews"),
    }),
});
