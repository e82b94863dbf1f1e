import { Command } from "commander";
import { accountVerb } from "./verbs/account";
import { addVerb } from "./verbs/add";
import { demoVerb } from "./verbs/demo";
import { deployVerb } from "./verbs/deploy";
import { describeVerb } from "./verbs/describe";
import { destroyVerb } from "./verbs/destroy";
import { doctorVerb } from "./verbs/doctor";
import { gateVerb } from "./verbs/gate";
import { initVerb } from "./verbs/init";
import { inventoryVerb } from "./verbs/inventory";
import { recoveryVerb } from "./verbs/recovery";
import { rehearseVerb } from "./verbs/rehearse";
import { reportVerb } from "./verbs/report";
import { simulateVerb } from "./verbs/simulate";
import { topologyVerb } from "./verbs/topology";
import { unlockVerb } from "./verbs/unlock";

const program = new Command("evenkeel")
  .description("Multi-region deployment toolkit for CDK for Terraform on AWS")
  .showHelpAfterError()
  .enablePositionalOptions();

const verbs = [
  initVerb,
  addVerb,
  doctorVerb,
  simulateVerb,
  demoVerb,
  describeVerb,
  accountVerb,
  deployVerb,
  destroyVerb,
  unlockVerb,
  gateVerb,
  topologyVerb,
  recoveryVerb,
  reportVerb,
  rehearseVerb,
  inventoryVerb,
];
for (const add of verbs) add(program);

void program.parseAsync();
