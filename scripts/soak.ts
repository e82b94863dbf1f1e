/** `npm run test:soak`: random changes of the sources, or with `--kills` kills of deployments at random moments. */
void (process.argv.includes("--kills") ? import("./kills/main.js") : import("./mutations/main.js"));
