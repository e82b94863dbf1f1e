import { thisMachine } from "../../simulator";
import { checksOf } from "../doctor";
import type { Outcome } from "../document";
import { doctorDocument } from "../documents/doctor";
import { step } from "../step";

/** What this machine or project lacks, and what to do about it. @returns exit code 1 if anything is wrong, else 0 */
export async function doctor(): Promise<Outcome> {
  const findings = await step("Examining the machine and the project", async (say) => {
    const found = [];
    for (const { name, run } of checksOf(thisMachine())) {
      say(name);
      for (const { state, says, remedy = null } of await run()) found.push({ check: name, state, says, remedy });
    }
    return found;
  });
  const wrong = findings.filter(({ state }) => state === "wrong").length;
  return doctorDocument.outcome({ findings, wrong }, wrong === 0 ? 0 : 1);
}
