/** The program of this project, as its cdktf.json runs it once the toolkit is built. */
export const projectApp = "node --require evenkeel/register main.ts";
