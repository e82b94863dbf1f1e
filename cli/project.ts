import { loadProject } from "../config";

/** The project of this folder. Importing this file throws ConfigError if the project cannot be loaded. */
const project = loadProject(() => require("../evenkeel.config") as typeof import("../evenkeel.config"));

export default project;
