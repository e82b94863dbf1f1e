import type { DocumentType } from "../document";
import { accountDocument } from "./account";
import { applyDocument } from "./apply";
import { auditDocument } from "./audit";
import { bundleShowDocument } from "./bundle-show";
import { chaosDocument } from "./chaos";
import { costDocument } from "./cost";
import { demoDocument } from "./demo";
import { describeDocument } from "./describe";
import { doctorDocument } from "./doctor";
import { driftDocument } from "./drift";
import { gateDocument } from "./gate";
import { addDocument, initDocument } from "./init";
import { initPipelineDocument } from "./init-pipeline";
import { inventoryDocument } from "./inventory";
import { kpiDocument } from "./kpi";
import { loadtestDocument } from "./loadtest";
import { locksDocument } from "./locks";
import { migrationsDocument } from "./migrations";
import { moveDocument } from "./move";
import { planDocument } from "./plan";
import { previewsListDocument, previewsSweepDocument } from "./previews";
import { quotasDocument } from "./quotas";
import { recoveryDocument } from "./recovery";
import { redriveDocument } from "./redrive";
import { rehearseDocument } from "./rehearse";
import { replayDocument } from "./replay";
import { reportDocument } from "./report";
import { deployDocument, destroyDocument } from "./run";
import { sbomDocument } from "./sbom";
import { scanDocument } from "./scan";
import { simulateDocument } from "./simulate";
import { stateDoctorDocument } from "./state-doctor";
import { stateFailoverDocument } from "./state-failover";
import { stateMigrateDocument } from "./state-migrate";
import { topologyDocument } from "./topology";
import { unlockDocument } from "./unlock";
import { warmAdviseDocument } from "./warm-advise";
import { warmBacktestDocument } from "./warm-backtest";

/** The document of every verb that has one, in the order of `--help`. */
export const documents = [
  initDocument,
  initPipelineDocument,
  addDocument,
  doctorDocument,
  simulateDocument,
  demoDocument,
  describeDocument,
  accountDocument,
  quotasDocument,
  locksDocument,
  moveDocument,
  planDocument,
  applyDocument,
  bundleShowDocument,
  deployDocument,
  destroyDocument,
  previewsListDocument,
  previewsSweepDocument,
  unlockDocument,
  driftDocument,
  stateDoctorDocument,
  stateFailoverDocument,
  stateMigrateDocument,
  gateDocument,
  migrationsDocument,
  scanDocument,
  auditDocument,
  sbomDocument,
  topologyDocument,
  recoveryDocument,
  costDocument,
  warmAdviseDocument,
  warmBacktestDocument,
  loadtestDocument,
  chaosDocument,
  kpiDocument,
  reportDocument,
  redriveDocument,
  replayDocument,
  rehearseDocument,
  inventoryDocument,
] as const satisfies readonly Pick<DocumentType<never>, "verb" | "version" | "schema">[];
