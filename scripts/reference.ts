import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stageTable } from "../config";
import { environmentReference, organisationReference, stageTableOf } from "../config/reference";
import { dataHoldingPage } from "./data-holding";
import { deploymentMutationsPage } from "./deployment-mutations/page";
import { inputFiles } from "./inputs/input-files";
import { licencesPage, ownLicences } from "./licences";
import { messagesIn, messagesPage } from "./messages/messages";
import { jsonPage } from "./verbs/json-page";
import { verbsPage } from "./verbs/verbs-page";
import { wildcardsOfProject, wildcardsPage } from "./wildcards";

/**
 * `npm run docs`: writes the input types of all schemas, the reference of environment files, of organisations, of messages, of
 * what holds data, of changes after a deployment, of licences, of verbs and of their JSON, of wildcards in policies, and the table of stages in the README.
 */
for (const [file, text] of inputFiles()) writeFileSync(file, text);
writeFileSync(join("docs", "reference", "environment.md"), environmentReference());
writeFileSync(join("docs", "reference", "organisation.md"), organisationReference());
writeFileSync(join("docs", "reference", "messages.md"), messagesPage(messagesIn(".")));
writeFileSync(join("docs", "reference", "data-holding.md"), dataHoldingPage());
writeFileSync(join("docs", "reference", "deployment-mutations.md"), deploymentMutationsPage());
writeFileSync(join("docs", "reference", "licences.md"), licencesPage(ownLicences()));
writeFileSync(join("docs", "reference", "verbs.md"), verbsPage());
writeFileSync(join("docs", "reference", "json.md"), jsonPage());
writeFileSync(join("docs", "reference", "wildcards.md"), wildcardsPage(wildcardsOfProject()));

const readme = readFileSync("README.md", "utf8");
const table = /^\| capability \|(?:.*\n)+?(?=\n)/m;
writeFileSync("README.md", readme.replace(table, `${stageTableOf(stageTable)}\n`));
