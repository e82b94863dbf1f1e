/**
 * `npm run test:soak`: random changes of the sources, of environments (`--environments`), also of deployed
 * ones (`--environments --pairs`), kills of deployments (`--kills`), also after each resource in turn (`--in-turn`), states in two regions (`--states`), events while a dependency fails (`--events`), or
 * database logins while the server that makes them is away (`--vault`). `--proofs` runs the tests that are run seldom.
 */
function main(): Promise<unknown> {
  if (process.argv.includes("--events")) return import("./events/main.js");
  if (process.argv.includes("--proofs")) return import("./proofs/main.js");
  if (process.argv.includes("--vault")) return import("./vault/main.js");
  if (process.argv.includes("--in-turn")) return import("./kills/in-turn/main.js");
  if (process.argv.includes("--states")) return import("./states/main.js");
  if (process.argv.includes("--kills")) return import("./kills/main.js");
  if (process.argv.includes("--pairs")) return import("./environments/pairs/main.js");
  if (process.argv.includes("--environments")) return import("./environments/main.js");
  return import("./mutations/main.js");
}

void main();
