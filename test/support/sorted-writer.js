const byLibrary = require("../../node_modules/cdktf/node_modules/json-stable-stringify");

/** What the engine writes Terraform JSON with, as every program that synthesizes has it. */
module.exports = require("../../loader/write-sorted").sortedWriter(byLibrary);
