/** Part of `npm run version`: gives create-evenkeel the version of this package, which is also the one that it starts. */
const { readFileSync, writeFileSync } = require("node:fs");

const file = "create-evenkeel/package.json";
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const creator = JSON.parse(readFileSync(file, "utf8"));
creator.version = version;
creator.dependencies.evenkeel = version;
writeFileSync(file, `${JSON.stringify(creator, null, 2)}\n`);
