/** What the launcher and the image start Node.js with. */
export const nodeFlags: readonly string[] = ['--max-semi-space-size=4'];
