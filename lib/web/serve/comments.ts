/** A script of ours without the lines that are nothing but a comment: they are for those who have its source. */
export function withoutComments(script: string): string {
  return script.replace(/^[ \t]*(?:\/\/.*|\/\*(?:[^*]|\*(?!\/))*\*\/)\n/gm, "");
}
