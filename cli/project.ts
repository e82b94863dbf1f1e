import { loadProject } from "../config";

/** The project of the current folder. Importing this file throws ConfigError if there is none, or it cannot be loaded. */
const project = loadProject();

export default project;
