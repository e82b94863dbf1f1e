/**
 * The engine, made faster as every program makes it that synthesizes: tests run what users run, and take less time for it. What leaves the engine
 * as it is, to compare, imports `./engine-alone` first.
 */
const engine = require("../../node_modules/cdktf");

// Before what imports the engine by its name, and comes here.
module.exports = engine;
// Jest translates each line of each token's trace by source maps: that would be most of a synthesis.
if (globalThis.evenkeelEngineAlone) require("../../modules/core/token-stack-traces").skipTokenStackTraces();
else require("../../modules/core/faster-synthesis").makeSynthesisFaster();
