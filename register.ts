import {
  cacheModules,
  keepModulePaths,
  keepPassedChecks,
  loadArchiverLater,
  loadBindingsLater,
  loadSeldomUsedLater,
  loadTypeScript,
  optimizeLater,
  writeSortedDirectly,
} from "./loader";

/** `node --require evenkeel/register main.ts` runs a project as it stands, without a build. */
optimizeLater();
cacheModules("synthesis");
keepModulePaths();
keepPassedChecks();
loadArchiverLater();
loadBindingsLater();
loadSeldomUsedLater();
writeSortedDirectly();
loadTypeScript();
