import { cacheModules, loadArchiverLater, loadTypeScript } from "./loader";

/** `node --require evenkeel/register main.ts` runs a project as it stands, without a build. */
cacheModules("synthesis");
loadArchiverLater();
loadTypeScript();
