/**
 * `node --require use-engine.js`: lets this repository run on the engine in the folder that EVENKEEL_TEST_ENGINE names, instead of
 * the one that it has installed. On cdktn, `evenkeel` is that engine's build.
 */
const Module = require("node:module");
const { join } = require("node:path");

const folder = process.env.EVENKEEL_TEST_ENGINE;
const isCdktn = require(join(folder, "package.json")).dependencies.cdktn !== undefined;
const resolveFilename = Module._resolveFilename;

Module._resolveFilename = function (request, parent, isMain, options) {
  const name = isCdktn
    ? request.replace(/^(@?)cdktf(?=$|\/)/, "$1cdktn").replace(/^evenkeel$/, "evenkeel/cdktn")
    : request;
  const ofEngine = /^(cdktf|cdktn|constructs|@cdkt[fn]\/provider-aws)(\/|$)/.test(name);
  return resolveFilename.call(this, name, parent, isMain, ofEngine ? { paths: [folder] } : options);
};
