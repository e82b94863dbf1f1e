import type { IConstruct } from "constructs";
import { ConstructError, type Grantee } from "../../modules/core";
import type { UsableTable } from "../../modules/replicated-table";
import type { RegionalServiceConfig } from "./config";
import type { PrincipalUse } from "./function-use";

type Use = RegionalServiceConfig["tables"][string] & { readonly table: UsableTable };

/** The tables that a service uses in its region, and those of them that it also uses at home. */
export function tableUse(
  scope: IConstruct,
  config: Pick<RegionalServiceConfig, "tables">,
  tables: ReadonlyMap<string, UsableTable>,
): PrincipalUse {
  const uses = Object.entries(config.tables).map(([name, use]) => ({ ...use, table: known(scope, name, tables) }));
  const shared = uses.find(({ homeReplica }) => homeReplica)?.table.regions[0];
  return {
    variables: {
      ...Object.fromEntries(uses.map(({ variable, table }) => [variable, table.tableName])),
      ...(shared === undefined ? {} : { HOME_REGION: shared }),
    },
    connect(target) {
      for (const { access, table, homeReplica } of uses) {
        grant(table, access, target);
        const [home] = table.regions;
        if (homeReplica && home !== undefined && home !== target.region) grant(table, access, inRegion(home, target));
      }
    },
  };
}

function grant(table: UsableTable, access: Use["access"], grantee: Grantee): void {
  if (access === "read") table.grantRead(grantee);
  else if (access === "write") table.grantWrite(grantee);
  else table.grantReadWrite(grantee);
}

/** A principal as seen from another region: its role works in every region, only the granted resources differ. */
function inRegion(region: string, grantee: Grantee): Grantee {
  return { region, addToRolePolicy: (statement) => grantee.addToRolePolicy(statement) };
}

function known(scope: IConstruct, name: string, tables: ReadonlyMap<string, UsableTable>): UsableTable {
  const table = tables.get(name);
  if (table) return table;
  throw new ConstructError(
    scope,
    `uses table "${name}", but the environment has: ${[...tables.keys()].join(", ") || "none"}`,
    "declare the table or remove it here",
  );
}
