import type { RecoveryObjectivesConfig } from "./config";
import type { RecoveryNumber, RecoveryRow } from "./recovery-row";

/** One objective that a path cannot meet; reads `<what is wrong>; <what to do>`. */
export interface RecoveryProblem {
  /** Relative to the objectives: the one that is missed. */
  readonly path: readonly [keyof RecoveryObjectivesConfig];
  readonly message: string;
}

/** What stands between a configuration and its objectives, one problem for each number that is too high. */
export function recoveryProblems(
  objectives: RecoveryObjectivesConfig,
  rows: readonly RecoveryRow[],
): RecoveryProblem[] {
  return rows.flatMap((row) => [
    ...problem(objectives, "recoveryTimeSeconds", row, row.recoveryTime),
    ...problem(objectives, "recoveryPointSeconds", row, row.recoveryPoint),
  ]);
}

function problem(
  objectives: RecoveryObjectivesConfig,
  field: keyof RecoveryObjectivesConfig,
  row: RecoveryRow,
  { made, remedy }: RecoveryNumber,
): RecoveryProblem[] {
  const given = row[field];
  const objective = objectives[field];
  if (given <= objective) return [];
  const where = row.subject === undefined ? row.path : `${row.path} ${row.subject}`;
  const what = remedy(objective) ?? `raise ${field} to ${given}: no setting of this path lowers it so far`;
  return [
    {
      path: [field],
      message: `cannot be met by ${where}: ${made} = ${given} s is above ${field} ${objective}; ${what}`,
    },
  ];
}
