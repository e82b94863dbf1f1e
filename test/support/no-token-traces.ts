import { skipTokenStackTraces } from "../../modules/core/token-stack-traces";

// As every program that synthesizes does. Jest translates each line of each trace by source maps: that would be most of a synthesis.
skipTokenStackTraces();
