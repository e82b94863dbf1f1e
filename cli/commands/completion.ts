import { getCompletionScript, type SupportedShell } from "@pnpm/tabtab";
import type { Outcome } from "../document";

const name = "evenkeel";

/** The script that makes a shell complete the command line of `evenkeel`. */
export async function completion(shell: SupportedShell): Promise<Outcome> {
  const script = await getCompletionScript({ name, completer: name, shell });
  return { code: 0, json: undefined, text: () => script.trimEnd() };
}
