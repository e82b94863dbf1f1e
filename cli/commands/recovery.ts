import { recoveryRows } from "../../config";
import { plainTable } from "../plain-table";
import project from "../project";

/** Prints how soon each service recovers from the loss of its home region, as configured and as promised. */
export function recovery(name: string): number {
  process.stdout.write(`${recoveryReport(name)}\n`);
  return 0;
}

/** The recovery table of an environment. @throws ConfigError when the environment is unknown or has mistakes */
export function recoveryReport(name: string): string {
  const environment = project.find(name);
  const config = environment.parse();
  const { stage, services, regions } = config;
  const table = environment.toolkit.stages;
  const enabled = table.enabled(stage, config.exceptions);
  const rows = services.flatMap((service) => {
    const promised = service.recovery;
    return [
      ...recoveryRows(service, config, enabled).map((row) => [
        service.name,
        row.subject ? `${row.path} ${row.subject}` : row.path,
        `${row.recoveryTimeSeconds} s`,
        row.recoveryTime.made,
        `${row.recoveryPointSeconds} s`,
        row.recoveryPoint.made,
      ]),
      promised
        ? [service.name, "promised", `${promised.recoveryTimeSeconds} s`, "", `${promised.recoveryPointSeconds} s`, ""]
        : [service.name, "promised", "nothing", "", "nothing", ""],
    ];
  });
  const standby = regions.standby.join(", ") || "none";
  return [
    `Recovery of ${name} in ${standby}, after the loss of ${regions.home}`,
    ...(table.brings(stage, "standbyServices")
      ? []
      : [`At stage ${stage} no standby region serves yet; these are the values from optimization on.`]),
    plainTable(["service", "path", "recovery time", "calculation", "recovery point", "calculation"], rows),
  ].join("\n");
}
