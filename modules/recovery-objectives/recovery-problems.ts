import type { RecoveryObjectivesConfig } from "./config";
import type { RecoveryNumber, RecoveryRow } from "./recovery-row";

/** An objective that a path cannot meet. */
export interface RecoveryProblem {
  /** The objective that is missed, relative to the objectives. */
  readonly path: readonly [keyof RecoveryObjectivesConfig];
  /** `<what is wrong>; <what to do>` */
  readonly message: string;
}

/** Compares a configuration to its objectives: one problem for each number that is too high. */
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
  const what = remedy(objective) ?? `raise ${field} to ${given}, because no setting of this path can lower it that far`;
  return [
    {
      path: [field],
      message: `cannot be met by ${where}: ${made} = ${given} s is above ${field} ${objective}; ${what}`,
    },
  ];
}
