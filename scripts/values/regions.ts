import { CfnLint } from "./cfn-lint";
import { changesOf, write } from "./data-file";
import { regionalData } from "./regional-data";

/**
 * `npm run values:regions [-- --check] [--from <folder of cfnlint>]`: writes what exists in which region, from the cfn-lint that
 * is installed. With `--check` it says what would change, and ends with 1 if anything does.
 */
function main(args: readonly string[]): number {
  const from = args.indexOf("--from");
  const source = from >= 0 ? new CfnLint(args[from + 1] ?? "") : CfnLint.installed();
  const files = regionalData(source);
  const changes = files.flatMap((file) => changesOf(file).map((line) => `${file.path}: ${line}`));
  if (!args.includes("--check")) for (const file of files) write(file);
  process.stdout.write(
    `${[...changes, changes.length === 0 ? `no difference from ${source.source}` : ""].filter(Boolean).join("\n")}\n`,
  );
  return args.includes("--check") && changes.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
