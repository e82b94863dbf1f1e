import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stageTable } from "../config";
import { environmentReference, stageTableOf } from "../config/reference";

/** `npm run docs`: writes the reference of environment files, and the table of stages in the README. */
writeFileSync(join("docs", "reference", "environment.md"), environmentReference());

const readme = readFileSync("README.md", "utf8");
const table = /^\| capability \|(?:.*\n)+?(?=\n)/m;
writeFileSync("README.md", readme.replace(table, `${stageTableOf(stageTable)}\n`));
