/** What the runner does not run: one sentence that names the thing. `npm start` ends with 2. */
export class UnsupportedTemplateError extends Error {}
