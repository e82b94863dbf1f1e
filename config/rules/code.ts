import { existsSync } from "node:fs";
import type { Rule } from "../../contract";

const codeExists: Rule = {
  id: "code-exists",
  statement: "The archive or the folder of each function exists, except a folder that a command builds.",
  check({ services }, report) {
    services.forEach(({ function: { code } }, index) => {
      const path = ["services", index, "function", "code"];
      const { archive, folder, build } = code ?? {};
      if (archive !== undefined && !existsSync(archive)) {
        report([...path, "archive"], "does not exist; build it before you synthesize, or correct its path");
      }
      if (folder !== undefined && !build && !existsSync(folder)) {
        report([...path, "folder"], "does not exist; correct its path, or say in build what fills it");
      }
    });
  },
};

const imagesWhereTheyRun: Rule = {
  id: "images-where-they-run",
  statement: "A function that is an image has one in each region of the environment, and each is in its own region.",
  knowsRegions: true,
  check({ services, regions }, report) {
    const needed = [...new Set([regions.home, ...regions.standby])];
    services.forEach(({ function: { code } }, index) => {
      if (!code?.image) return;
      const path = ["services", index, "function", "code", "image", "uris"];
      const { uris } = code.image;
      for (const region of needed) {
        if (uris[region] !== undefined) continue;
        report(
          path,
          `has no image in ${region}, where the function runs now or at a later stage; replicate the repository to it, and add the image there`,
        );
      }
      for (const [region, uri] of Object.entries(uris)) {
        const own = uri.split(".")[3];
        if (!(needed as readonly string[]).includes(region)) {
          report([...path, region], `is not a region of this environment; use one of ${needed.join(", ")}`);
        } else if (own !== region) {
          report(
            [...path, region],
            `is in ${own}, and Lambda takes an image of the function's own region only; name the one in ${region}`,
          );
        }
      }
    });
  },
};

export const codeRules: readonly Rule[] = [codeExists, imagesWhereTheyRun];
