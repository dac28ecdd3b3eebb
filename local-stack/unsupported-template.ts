/** A template or an argument that cannot be run; the message is one sentence that says why. `npm start` exits with 2. */
export class UnsupportedTemplateError extends Error {}
