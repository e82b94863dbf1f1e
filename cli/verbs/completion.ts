import { Argument } from "commander";
import { runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

const shells = ["bash", "zsh", "fish", "pwsh"] as const;

export const completionVerb: Verb = (program) => {
  const command = program
    .command("completion")
    .description("print a script that lets a shell complete verbs, options, environments, stages and stacks")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .action((shell: (typeof shells)[number]) =>
      runVerb({}, async () => {
        const { completion } = await import("../commands/completion.js");
        return completion(shell);
      }),
    );
  withManual(command, {
    examples: [
      ["completion bash >> ~/.bashrc", "for bash, from the next shell on"],
      ["completion zsh >> ~/.zshrc", "for zsh"],
      ["completion fish > ~/.config/fish/completions/evenkeel.fish", "for fish"],
    ],
    withoutDocument: true,
  });
  // What the script calls.
  program
    .command("completion-server", { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .action(async () => {
      const { serve } = await import("../completion/serve.js");
      serve(program);
    });
};
