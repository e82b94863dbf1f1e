import { synthesizeProject } from "evenkeel";

synthesizeProject();
