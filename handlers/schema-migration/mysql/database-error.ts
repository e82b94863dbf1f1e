import { codeOf } from "../migration-error.js";

/**
 * Errors whose messages name objects, limits and what a statement says, never values of rows.
 * @see https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
 */
const namesOnly = new Set([
  1005, 1007, 1008, 1044, 1045, 1046, 1049, 1050, 1051, 1054, 1060, 1061, 1064, 1067, 1068, 1069, 1070, 1071, 1072,
  1075, 1089, 1091, 1101, 1103, 1109, 1113, 1118, 1141, 1142, 1143, 1144, 1146, 1147, 1170, 1205, 1213, 1221, 1226,
  1227, 1267, 1273, 1290, 1293, 1304, 1305, 1317, 1347, 1350, 1356, 1359, 1360, 1370, 1410, 1419, 1524, 1553, 1664,
  1702, 1792, 1799, 1821, 1822, 1823, 1824, 1825, 1826, 1828, 1830, 1831, 1833, 1834, 1836, 1845, 1846, 1911, 3024,
  3105, 3106, 3108, 3109, 3523, 3730, 3734, 3756, 3757, 3780, 3812, 3813, 3814, 3815, 3820, 3821, 3822, 3823, 3837,
  3959, 4028,
]);

/** What the database said, without values: messages of other errors may quote a row. */
export function describeDatabaseError(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  const code = codeOf(error);
  const { errno } = error as { readonly errno?: unknown };
  if (typeof errno !== "number" || errno < 1000) return code ?? error.name;
  const what = code && !/^\d/.test(code) ? `error ${errno} (${code})` : `error ${errno}`;
  return namesOnly.has(errno) ? `${what}: ${error.message}` : what;
}
