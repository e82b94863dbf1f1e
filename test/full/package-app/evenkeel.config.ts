import { defineProject } from "evenkeel";
import team from "./environments/team";

export default defineProject({ environments: [team] });
