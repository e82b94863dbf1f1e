import { existsSync } from "node:fs";
import type { ExtendedEnvironment, Rule } from "../../contract";
import type { layerFields } from "./fields";

type WithLayers = ExtendedEnvironment<typeof layerFields>;

type LayerRule = Rule<WithLayers>;

const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

const servicesUseDeclaredLayers: LayerRule = {
  id: "services-use-declared-layers",
  statement: "A service uses only layers that the environment declares, each once.",
  check({ services, layers, existingLayers }, report) {
    const known = new Set([...layers, ...existingLayers].map(({ name }) => name));
    const remedy = known.size > 0 ? `use one of ${[...known].join(", ")}, or declare it` : "declare it";
    services.forEach((service, index) => {
      service.layers.forEach((name, position) => {
        const path = ["services", index, "layers", position];
        if (!known.has(name)) {
          report(path, `is not a layer of this environment; ${remedy} under layers or existingLayers`);
        } else if (service.layers.indexOf(name) < position) {
          report(path, "is in the list already; name each layer once");
        }
      });
    });
  },
};

const layersHaveOneName: LayerRule = {
  id: "layers-have-one-name",
  statement: "No two layers, made or there already, have one name.",
  check({ layers, existingLayers }, report) {
    const seen = new Set<string>();
    const look = (field: string) => (layer: { readonly name: string }, index: number) => {
      if (seen.has(layer.name)) report([field, index, "name"], "is the name of another layer; give each its own");
      seen.add(layer.name);
    };
    layers.forEach(look("layers"));
    existingLayers.forEach(look("existingLayers"));
  },
};

const layersAreWhereTheyAreUsed: LayerRule = {
  id: "layers-are-where-they-are-used",
  statement: "A layer that is there already has a version in each region of the services, and names no other region's.",
  check({ regions, existingLayers }, report) {
    existingLayers.forEach(({ arns, signedBy }, index) => {
      const path = ["existingLayers", index];
      for (const region of [regions.home, ...regions.standby]) {
        if (arns[region] === undefined) {
          report(
            [...path, "arns"],
            `has no version in ${region}, where services run; add one, as layers are of one region`,
          );
        }
      }
      const given = [
        ...Object.entries(arns).map(([region, arn]) => ["arns", region, arn] as const),
        ...Object.entries(signedBy ?? {}).map(([region, arn]) => ["signedBy", region, arn] as const),
      ];
      for (const [field, region, arn] of given) {
        if (regionOf(arn) === region) continue;
        report([...path, field, region], `is in ${regionOf(arn)}; name what is in ${region}`);
      }
    });
  },
};

const enforcedLayersAreSigned: Rule<WithLayers & { readonly codeSigning?: { readonly untrustedCode?: string } }> = {
  id: "enforced-layers-are-signed",
  statement:
    "Where code signing is enforced, a layer that is there already names who signs it in each region of the services.",
  check({ regions, services, existingLayers, codeSigning }, report) {
    if (codeSigning?.untrustedCode !== "Enforce") return;
    const used = new Set(services.flatMap(({ layers }) => layers));
    existingLayers.forEach(({ name, signedBy }, index) => {
      for (const region of [regions.home, ...regions.standby]) {
        if (!used.has(name) || signedBy?.[region] !== undefined) continue;
        report(
          ["existingLayers", index, "signedBy"],
          `says of nobody that they sign it in ${region}, so that functions with it cannot be deployed once codeSigning enforces signatures; name the version of their signing profile, or set codeSigning.untrustedCode to Warn`,
        );
      }
    });
  },
};

const filesOfLayersExist: LayerRule = {
  id: "files-of-layers-exist",
  statement: "The folder and the sources of each layer exist.",
  check({ layers }, report) {
    layers.forEach(({ folder, bundles }, index) => {
      const problem = "does not exist; write its path relative to the project folder";
      if (folder !== undefined && !existsSync(folder)) report(["layers", index, "folder"], problem);
      for (const [name, entry] of Object.entries(bundles)) {
        if (!existsSync(entry)) report(["layers", index, "bundles", name], problem);
      }
    });
  },
};

const imagesHaveNoLayers: LayerRule = {
  id: "images-have-no-layers",
  statement: "A function that is an image gets no layers.",
  check({ services }, report) {
    services.forEach((service, index) => {
      if (!service.function.code?.image || service.layers.length === 0) return;
      report(["services", index, "layers"], "do not go with an image; put what they have into it, and remove them");
    });
  },
};

export const layerRules: readonly LayerRule[] = [
  imagesHaveNoLayers,
  servicesUseDeclaredLayers,
  layersHaveOneName,
  layersAreWhereTheyAreUsed,
  filesOfLayersExist,
  enforcedLayersAreSigned as LayerRule,
];
