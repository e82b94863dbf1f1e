export type { Preview, PreviewsInput } from "./input";
export { definePreviews, Previews } from "./previews";
export { previewRules } from "./rules";
