/** An option that takes several values: `a,b`. */
export const commaSeparated = (value: string): string[] => value.split(",").filter((part) => part !== "");
