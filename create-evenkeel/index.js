#!/usr/bin/env node
const { dirname, join } = require("node:path");

/** `npm create evenkeel my-platform` is `evenkeel init my-platform`. */
const manifest = require.resolve("evenkeel/package.json");
process.argv.splice(2, 0, "init");
require(join(dirname(manifest), require(manifest).bin.evenkeel));
