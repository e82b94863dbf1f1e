import { defineProject } from "evenkeel";
import live from "./accounts/live";
import dev from "./environments/dev";
import preview from "./environments/preview";
import prod from "./environments/prod";
import sandbox from "./environments/sandbox";
import staging from "./environments/staging";

/** This project: a new environment is a file in environments/ and a name here. */
export default defineProject({ environments: [sandbox, dev, staging, prod], accounts: [live], previews: preview });
