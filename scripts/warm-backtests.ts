import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, page, pageWith, results } from "./warm-backtests/results";
import { csvOf, shapes } from "./warm-backtests/shapes";

// Writes the made-up traffic, the plots and the tables of docs/predictive-warming.md.
for (const shape of shapes) writeFileSync(join(folder, `${shape.name}.csv`), csvOf(shape));
writeFileSync(page, pageWith(results(folder)));
