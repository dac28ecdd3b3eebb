export { EmailSetup } from './email-setup';
export type { EmailSetupAttributes, EmailSetupProps } from './props';
