#!/usr/bin/env node
import { join } from "node:path";
import { cacheModules, loadArchiverLater, loadBindingsLater, loadSeldomUsedLater } from "../loader";
import { toolkitName } from "./toolkit-name";

cacheModules("cli");
loadArchiverLater();
loadBindingsLater();
loadSeldomUsedLater();

/** The build of this package that the project in the current folder imports: its engine is the only one that is installed. */
const build = toolkitName(process.cwd()) === "evenkeel/cdktn" ? ["..", "cdktn", "cli"] : [];
const { run } = require(join(__dirname, ...build, "program.js")) as typeof import("./program");
void run();
