/** Required by processes of Artillery: what it reports to its makers goes nowhere. */
const Module = require("node:module");

const load = Module._load;
class Nowhere {
  capture() {}
  async shutdownAsync() {}
}
Module._load = function loadWithout(request, ...rest) {
  return request === "posthog-node" ? { PostHog: Nowhere } : load.call(this, request, ...rest);
};
