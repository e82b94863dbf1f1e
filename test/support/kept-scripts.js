const { sep } = require("node:path");
const { Script } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

/**
 * Every test file loads modules anew, in a context of its own. What does not differ between them is kept for all files that a worker runs: the
 * text of a module, and what V8 has compiled of it. Half of the time of loading the toolkit is reading and compiling otherwise.
 */
module.exports = class KeptScripts extends Runtime {
  constructor(config, ...rest) {
    super(config, ...rest);
    const { executor, fileCache } = this;
    // Of another version of jest: it then reads and compiles each time.
    if (!executor?.compile || !executor.injectedModuleParameters || !fileCache?.readFile) return;
    const own = config.rootDir + sep;
    keepTexts(fileCache, own);
    keepScripts(executor, own);
  }
};

/** By file. */
const texts = new Map();
const scripts = new Map();

function keepTexts(fileCache, own) {
  const read = fileCache.readFile;
  fileCache.readFile = function (file) {
    if (!file.startsWith(own)) return read.call(this, file);
    let text = texts.get(file);
    if (text === undefined) {
      text = read.call(this, file);
      texts.set(file, text);
    }
    return text;
  };
}

function keepScripts(executor, own) {
  const compile = executor.compile;
  const head = `(function (${executor.injectedModuleParameters.join(", ")}) {`;
  const scriptOf = (text, filename) => {
    try {
      return new Script(`${head}${text}\n})`, { filename, columnOffset: -head.length });
    } catch (error) {
      if (!/has already been declared$/.test(error.message)) throw error;
      // It declares a name that it is given (sandboxInjectedGlobals), as mysql2 does with Error.
      const inner = `${head} return (function () {`;
      return new Script(`${inner}${text}\n}).call(this); })`, { filename, columnOffset: -inner.length });
    }
  };
  executor.compile = function (text, file) {
    const context = this.environment.getVmContext();
    // An import() belongs to the runtime of one test file.
    if (!context || !file.startsWith(own) || text.startsWith("#!") || /\bimport\s*\(/.test(text)) {
      return compile.call(this, text, file);
    }
    let kept = scripts.get(file);
    if (kept?.text !== text) {
      try {
        kept = { text, script: scriptOf(text, file) };
      } catch {
        // jest says what is wrong with it.
        return compile.call(this, text, file);
      }
      scripts.set(file, kept);
    }
    return kept.script.runInContext(context);
  };
}
