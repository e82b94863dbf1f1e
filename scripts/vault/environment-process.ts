import { pathToFileURL } from "node:url";
import "../events/environment-process";

// The time of an invocation begins once the code is loaded, as on Lambda.
const load = new Function("file", "return import(file)") as (file: string) => Promise<unknown>;
void load(pathToFileURL(process.argv[2] ?? "").href).then(() => process.send?.({ ready: true }));
