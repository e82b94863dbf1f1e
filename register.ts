import {
  cacheModules,
  keepModulePaths,
  loadArchiverLater,
  loadBindingsLater,
  loadTypeScript,
  optimizeLater,
} from "./loader";

/** `node --require evenkeel/register main.ts` runs a project as it stands, without a build. */
optimizeLater();
cacheModules("synthesis");
keepModulePaths();
loadArchiverLater();
loadBindingsLater();
loadTypeScript();
