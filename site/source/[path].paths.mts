import { linkedSources } from "../sources.js";

/** A page for each file and folder of the repository that other pages link to. */
export default {
  paths: () => linkedSources().map(({ path, markdown }) => ({ params: { path }, content: markdown })),
};
