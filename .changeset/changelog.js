/** How `changeset version` writes the changelog: the words of each change as they stand, without the ids of commits. */
module.exports = {
  getReleaseLine: async ({ summary }) => `\n${summary.trim()}`,
  getDependencyReleaseLine: async () => "",
};
