import pc from "picocolors";
import { thisMachine } from "../../simulator";
import { checksOf, type Finding } from "../doctor";

const marks = { fine: pc.green("ok"), note: pc.yellow("note"), wrong: pc.red("wrong") };

/** Prints what this machine or project lacks, and what to do about it. @returns 1 if anything is wrong, else 0 */
export async function doctor(): Promise<number> {
  let mistakes = 0;
  for (const { name, run } of checksOf(thisMachine())) {
    for (const finding of await run()) {
      if (finding.state === "wrong") mistakes += 1;
      process.stdout.write(`${line(name, finding)}\n`);
    }
  }
  process.stdout.write(mistakes === 0 ? "\nNothing is wrong.\n" : `\n${mistakes} to mend.\n`);
  return mistakes === 0 ? 0 : 1;
}

function line(name: string, { state, says, remedy }: Finding): string {
  const mark = `${marks[state]}${" ".repeat(6 - state.replace("fine", "ok").length)}`;
  const first = `${mark}${name}: ${says.replaceAll("\n", "\n      ")}`;
  return remedy === undefined ? first : `${first}\n      ${pc.bold("->")} ${remedy}`;
}
